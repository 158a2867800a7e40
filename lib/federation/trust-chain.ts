/** The way of signed statements from an entity to a trust anchor that this site knows (OpenID Federation 1.0, sections 4 and 10). */
import type { Fetching } from "./fetching";
import type { KeySet } from "./key-set";
import { applyPolicy, type Metadata, mergePolicies, type Policy } from "./metadata-policy";
import { FederationRefusal } from "./refusal";
import { readStatement, type Signed, type Statement, verifyStatement } from "./statements";

/** Authorities between an entity and its trust anchor. */
const MOST_INTERMEDIATES = 3;
/** Of the authorities that an entity names, so many are tried. */
const MOST_HINTS = 4;

export interface Anchor {
  readonly entity: string;
  /** Known beforehand: what the anchor says of its own keys counts for nothing. */
  readonly keys: KeySet;
}

export interface TrustChain {
  readonly entity: string;
  readonly anchor: Anchor;
  /** From the entity's own configuration, through the statements about it and those above it, to the anchor's own. */
  readonly statements: readonly Signed[];
  /** Of every kind that the entity says, as the policies leave them. */
  readonly metadata: Readonly<Record<string, Metadata>>;
  readonly expires: Date;
}

/** @throws FederationRefusal */
export async function resolveChain(
  entity: string,
  { anchors, fetching, now }: { anchors: readonly Anchor[]; fetching: Fetching; now: Date },
): Promise<TrustChain> {
  const leaf = await configurationOf(entity, fetching, now);
  const problems: FederationRefusal[] = [];
  const seen = new Set([entity]);

  /** @param statements from the leaf's configuration to the last statement about `top`'s entity */
  const climb = async (top: Signed, statements: readonly Signed[]): Promise<TrustChain | undefined> => {
    if (statements.length > MOST_INTERMEDIATES + 1) return undefined;
    for (const hint of (top.claims.authority_hints ?? []).slice(0, MOST_HINTS)) {
      if (seen.has(hint)) continue;
      try {
        const anchor = anchors.find((candidate) => candidate.entity === hint);
        // Anchors are asked again by each branch; authorities in between once, so that no ring of them goes on for ever.
        if (!anchor) seen.add(hint);
        const superior = await configurationOf(hint, fetching, now);
        const about = await statementAbout(top.claims.sub, superior.claims, fetching);
        const way = [...statements, about];
        if (anchor) return await validateChain([...way, superior], anchor, now);
        const found = await climb(superior, way);
        if (found) return found;
      } catch (error) {
        if (!(error instanceof FederationRefusal)) throw error;
        problems.push(error);
      }
    }
    return undefined;
  };
  const found = await climb(leaf, [leaf]);
  if (found) return found;
  const [first] = problems;
  throw first ?? new FederationRefusal("chain", "leads to no trust anchor of this site");
}

/**
 * Checks a whole chain: each statement by the keys that the next one vouches for, the last two by the keys of the anchor
 * that were known beforehand. @throws FederationRefusal
 */
export async function validateChain(
  statements: readonly Signed[],
  anchor: Anchor,
  now: Date,
): Promise<TrustChain> {
  const [leaf, ...above] = statements;
  const top = above.at(-1);
  if (!leaf || !top || above.length < 2) throw new FederationRefusal("chain", "too short");
  const entity = leaf.claims.sub;
  await verifyStatement(leaf, { keys: leaf.claims.jwks, issuer: entity, subject: entity, now });
  let subject = entity;
  for (const [index, signed] of statements.entries()) {
    const next = statements[index + 1];
    const issuer = index === 0 || !next ? subject : signed.claims.iss;
    // By whoever is above, of the same subject: the leaf's configuration by the statement about the leaf, and so on.
    const keys = !next || index === statements.length - 2 ? anchor.keys : next.claims.jwks;
    await verifyStatement(signed, { keys, issuer, subject, now });
    if (index > 0) subject = signed.claims.iss;
  }
  if (subject !== anchor.entity || top.claims.iss !== anchor.entity || top.claims.sub !== anchor.entity)
    throw new FederationRefusal("chain", "ends at another anchor");
  checkConstraints(statements);
  return {
    entity,
    anchor,
    statements,
    metadata: metadataOf(statements),
    expires: new Date(Math.min(...statements.map(({ claims }) => claims.exp)) * 1000),
  };
}

/** An entity's own configuration, signed by a key it names itself: that says only that it is whole. */
export async function configurationOf(entity: string, fetching: Fetching, now: Date): Promise<Signed> {
  const signed = readStatement(
    await fetching.text(`${entity.replace(/\/$/, "")}/.well-known/openid-federation`),
  );
  await verifyStatement(signed, { keys: signed.claims.jwks, issuer: entity, subject: entity, now });
  return signed;
}

/** What an authority says of an entity directly below it. */
async function statementAbout(subject: string, authority: Statement, fetching: Fetching): Promise<Signed> {
  const endpoint = authority.metadata?.federation_entity?.federation_fetch_endpoint;
  if (typeof endpoint !== "string" || !URL.canParse(endpoint))
    throw new FederationRefusal("metadata", "an authority without a fetch endpoint");
  const url = new URL(endpoint);
  // An authority answers under its own name.
  if (url.origin !== new URL(authority.sub).origin)
    throw new FederationRefusal("metadata", "a fetch endpoint elsewhere");
  url.searchParams.set("sub", subject);
  return readStatement(await fetching.text(url.href));
}

/** What authorities say of how long the way below them is and who may be at its end. */
function checkConstraints(statements: readonly Signed[]): void {
  const [leaf, ...above] = statements.map(({ claims }) => claims);
  const host = new URL(leaf?.sub ?? "").hostname;
  const types = Object.keys(leaf?.metadata ?? {}).filter((type) => type !== "federation_entity");
  for (const [index, { constraints }] of above.entries()) {
    if (!constraints) continue;
    // Of the statement at `index` its issuer is above `index` authorities, itself not counted.
    const between = Math.min(index, above.length - 2);
    if (constraints.max_path_length !== undefined && between > constraints.max_path_length)
      throw new FederationRefusal("chain", "longer than an authority allows");
    const { permitted, excluded } = constraints.naming_constraints ?? {};
    if (permitted && !permitted.some((name) => isWithin(host, name)))
      throw new FederationRefusal("chain", "a name that an authority does not permit");
    if (excluded?.some((name) => isWithin(host, name)))
      throw new FederationRefusal("chain", "a name that an authority excludes");
    const allowed = constraints.allowed_entity_types ?? constraints.allowed_leaf_entity_types;
    if (allowed && types.some((type) => !allowed.includes(type)))
      throw new FederationRefusal("chain", "a kind of entity that an authority does not allow");
  }
}

/** `.example.org` permits what is below it, `example.org` that host alone. */
function isWithin(host: string, name: string): boolean {
  return name.startsWith(".") ? host.endsWith(name) : host === name;
}

function metadataOf(statements: readonly Signed[]): Record<string, Metadata> {
  const [leaf, about, ...rest] = statements;
  const between = [about, ...rest].slice(0, -1);
  const result: Record<string, Metadata> = {};
  for (const [type, own] of Object.entries(leaf?.claims.metadata ?? {})) {
    // The authority directly above may set an entity's metadata itself.
    const said = { ...own, ...about?.claims.metadata?.[type] };
    const policy = between
      .toReversed()
      .reduce<Policy>(
        (higher, signed) => mergePolicies(higher, signed?.claims.metadata_policy?.[type] ?? {}),
        {},
      );
    result[type] = applyPolicy(said, policy);
  }
  return result;
}
