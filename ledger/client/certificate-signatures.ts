/** Signatures of certificates in a transaction: whose they are, and that each is its organisation's own. */
import { verify, X509Certificate } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { log } from "../../lib/log";
import type { Event } from "../../protocol/events";
import { certificateAttributes, mspIds, type Organisation, organisations } from "../../protocol/primitives";
import type { RecordOf } from "../../protocol/records";
import { endorsedBytes } from "../evidence/transaction";
import type { Identity, Transaction } from "../evidence/types";
import { CaClient, CaError } from "./ca-client";
import { patience } from "./confirmation";
import type { LedgerGateway } from "./gateway";

/** Root certificates by MSP, as far as their CAs answer. */
export type Authorities = ReadonlyMap<string, readonly X509Certificate[]>;

const authoritiesOf = new WeakMap<LedgerGateway, Map<string, readonly X509Certificate[]>>();

/** The root certificates of the organisations, asked of each organisation's own CA until it has answered once. */
export async function organisationAuthorities(gateway: LedgerGateway): Promise<Authorities> {
  const known = authoritiesOf.get(gateway) ?? new Map<string, readonly X509Certificate[]>();
  authoritiesOf.set(gateway, known);
  await Promise.all(
    gateway.connection.organisations.map(async ({ mspId, ca }) => {
      if (known.has(mspId)) return;
      try {
        const chain = await Promise.race([new CaClient(ca).chain(), late()]);
        const pems = chain.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
        known.set(
          mspId,
          pems.map((pem) => new X509Certificate(pem)),
        );
      } catch (error) {
        if (!(error instanceof CaError)) throw error;
        log.warn({ mspId, reason: error.message }, "a CA does not show its certificates");
      }
    }),
  );
  return known;
}

/** A CA that is cut off would keep a page for as long as enrolling may take. */
async function late(): Promise<never> {
  await sleep(patience, undefined, { ref: false });
  throw new CaError(0, `no answer in ${patience} ms`);
}

/** Organisations whose endorsement is good: certificate of their own CA, signature over this very result. */
export function goodEndorsements(
  { action }: Transaction,
  authorities: Authorities,
  organisationOf: OrganisationOf,
): Organisation[] {
  const good = new Set<Organisation>();
  for (const { endorser, signature } of action?.endorsements ?? []) {
    const organisation = organisationOf(endorser);
    if (!action || !organisation || !isIssued(endorser, authorities)) continue;
    if (hasSigned(endorser, endorsedBytes(action, endorser), signature)) good.add(organisation);
  }
  return [...good].sort();
}

/** Whether the certificate is its organisation's and the actor's, or the program's that carried it; null while its CA does not answer. */
export function isSignedBy(
  { creator, payload, signature }: Transaction,
  { actor, carriedBy }: Event,
  authorities: Authorities,
  organisationOf: OrganisationOf,
): boolean | null {
  if (!authorities.has(creator.mspId)) return null;
  const attributes = attributesOf(creator);
  const by = carriedBy
    ? { organisation: carriedBy.organisation, role: "service", person: carriedBy.program }
    : actor;
  return (
    isIssued(creator, authorities) &&
    hasSigned(creator, payload, signature) &&
    organisationOf(creator) === by.organisation &&
    attributes[certificateAttributes.role] === by.role &&
    attributes[certificateAttributes.municipality] === actor.municipality &&
    attributes[certificateAttributes.person] === by.person
  );
}

function isIssued({ mspId, certificatePem }: Identity, authorities: Authorities): boolean {
  const certificate = new X509Certificate(certificatePem);
  return (authorities.get(mspId) ?? []).some(
    (root) => certificate.checkIssued(root) && certificate.verify(root.publicKey),
  );
}

function hasSigned({ certificatePem }: Identity, message: Uint8Array, signature: Uint8Array): boolean {
  return verify("sha256", message, new X509Certificate(certificatePem).publicKey, signature);
}

export type OrganisationOf = (identity: Identity) => Organisation | null;

/** Which organisation an MSP is, as the municipality's record says; where it says nothing, by their first names. */
export async function organisationsOf(gateway: LedgerGateway, municipality: string): Promise<OrganisationOf> {
  const idParts = [municipality];
  const record = (await gateway.evaluate("records:get", {
    municipality,
    type: "municipality",
    idParts,
  })) as RecordOf<"municipality"> | null;
  const own = record?.organisations ?? organisations.map((part) => ({ part, mspId: mspIds[part] }));
  return ({ mspId }) => own.find((organisation) => organisation.mspId === mspId)?.part ?? null;
}

/** Fabric CA's extension 1.2.3.4.5.6.7.8.1: JSON `{ attrs: { name: value } }`, which node:crypto does not expose. */
function attributesOf({ certificatePem }: Identity): Record<string, string> {
  const { raw } = new X509Certificate(certificatePem);
  const start = raw.indexOf(Buffer.from('{"attrs":'));
  if (start < 0) return {};
  const text = raw.toString("utf8", start);
  const end = text.indexOf("}}");
  const parsed = attributesSchema.safeParse(end < 0 ? undefined : JSON.parse(text.slice(0, end + 2)));
  return parsed.success ? parsed.data.attrs : {};
}

const attributesSchema = z.object({ attrs: z.record(z.string(), z.string()) });
