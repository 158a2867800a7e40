/** Trust marks: what a body has said of a member in its own name, and whether it may (OpenID Federation 1.0, section 7). */
import { decodeJwt } from "jose";
import { z } from "zod";
import type { Fetching } from "./fetching";
import type { KeySet } from "./key-set";
import { FederationRefusal } from "./refusal";
import { verifySigned } from "./statements";
import { type Anchor, resolveChain, type TrustChain } from "./trust-chain";

const markSchema = z.looseObject({
  iss: z.string(),
  sub: z.string(),
  /** `trust_mark_type` in later drafts. */
  id: z.string().optional(),
  trust_mark_type: z.string().optional(),
});

/**
 * Checks that a member has a valid trust mark of each kind that is asked for.
 * @throws FederationRefusal `trust_mark`
 */
export async function checkTrustMarks(
  chain: TrustChain,
  required: readonly string[],
  context: { fetching: Fetching; now: Date },
): Promise<void> {
  const [leaf] = chain.statements;
  const marks = leaf?.claims.trust_marks ?? [];
  for (const kind of required) {
    let problem: FederationRefusal | undefined;
    let isGood = false;
    for (const { jwt } of marks) {
      try {
        await checkMark(jwt, kind, chain, context);
        isGood = true;
        break;
      } catch (error) {
        if (!(error instanceof FederationRefusal)) throw error;
        problem = error;
      }
    }
    if (!isGood) throw problem ?? new FederationRefusal("trust_mark", "is missing");
  }
}

async function checkMark(
  jwt: string,
  kind: string,
  chain: TrustChain,
  { fetching, now }: { fetching: Fetching; now: Date },
): Promise<void> {
  const refuse = (why: string) => new FederationRefusal("trust_mark", why);
  let claims: unknown;
  try {
    claims = decodeJwt(jwt);
  } catch {
    throw refuse("no signed mark");
  }
  const mark = markSchema.safeParse(claims).data;
  if (!mark || (mark.id ?? mark.trust_mark_type) !== kind) throw refuse("is of another kind");
  if (mark.sub !== chain.entity) throw refuse("is of another body");
  const anchorSays = chain.statements.at(-1)?.claims;
  const issuers = anchorSays?.trust_mark_issuers ?? anchorSays?.trust_marks_issuers ?? {};
  if (!Object.hasOwn(issuers, kind) || !issuers[kind]?.includes(mark.iss))
    throw refuse("was issued by somebody who may not");
  const keys = await keysOf(mark.iss, chain, { fetching, now });
  await verifySigned(jwt, { keys, issuer: mark.iss, subject: chain.entity, now, code: "trust_mark" });
}

/** Federation keys of who issued a mark: of the anchor, of an authority on the way, or found by a way of its own. */
async function keysOf(
  issuer: string,
  chain: TrustChain,
  { fetching, now }: { fetching: Fetching; now: Date },
): Promise<KeySet> {
  if (issuer === chain.anchor.entity) return chain.anchor.keys;
  const about = chain.statements.slice(1, -1).find(({ claims }) => claims.sub === issuer);
  if (about) return about.claims.jwks;
  const anchors: readonly Anchor[] = [chain.anchor];
  const own = await resolveChain(issuer, { anchors, fetching, now });
  return own.statements[1]?.claims.jwks ?? { keys: [] };
}
