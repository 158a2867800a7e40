/** What of a round and its sealing an organisation writes of itself alone, each by a step of its own. */
import { canonicalJson } from "../../protocol/canonical-json";
import type { Organisation } from "../../protocol/primitives";
import { issuerNumberOf, sealedServices } from "../../protocol/records/sealed";
import type { TransactionName } from "../../protocol/transactions";
import { type Context, placeOf, type RoundRecord, type SealingRecord, type Taken } from "./context";

type Entry = { readonly organisation: Organisation; readonly person: string };

export function checkOwnOfRound(
  { findings }: Context,
  taken: Taken,
  before: RoundRecord | undefined,
  after: RoundRecord,
): void {
  const place = placeOf(taken.placed);
  for (const one of added(before?.attestations, after.attestations))
    findings.expect(
      "attestations",
      isOwn(taken, "rounds:attest", one),
      `${place}: an attestation of ${one.organisation} that is not its own act`,
    );
}

export function checkOwnOfSealing(
  { findings }: Context,
  taken: Taken,
  before: SealingRecord,
  after: SealingRecord,
): void {
  const { name, actor } = taken;
  const place = placeOf(taken.placed);
  for (const one of added(before.released, after.released))
    findings.expect(
      "release",
      isOwn(taken, "sealed:release", one),
      `${place}: a key of ${one.organisation} is released by somebody else`,
    );
  // What was frozen is compared as a whole from then on.
  if (before.state !== "gathering") return;
  for (const issuer of [1, 2, 3] as const) {
    const [was, is] = [before, after].map(({ ties }) => ties.find((one) => one.issuer === issuer));
    if (isSame(was, is)) continue;
    const commits = was === undefined && is?.reveal === undefined && name === "sealed:offerKeys";
    const reveals =
      was !== undefined && isSame(was, { ...is, reveal: undefined }) && name === "sealed:revealTie";
    findings.expect(
      "ties",
      (commits || reveals) && actor !== undefined && issuerNumberOf[actor.organisation] === issuer,
      `${place}: the number of issuer ${issuer} is written by ${name} of ${actor?.organisation ?? "nobody"}`,
    );
  }
  for (const [organisation, service] of Object.entries(sealedServices)) {
    const [was, is] = [before.services[service], after.services[service]];
    if (was === is) continue;
    const isOffered = was === undefined && name === "sealed:offerServiceKey";
    findings.expect(
      "keys",
      isOffered && actor?.organisation === organisation,
      `${place}: the key of ${service} is written by ${name} of ${actor?.organisation ?? "nobody"}`,
    );
  }
  for (const one of added(before.trustees, after.trustees)) {
    const isFirst = before.trustees.every(({ organisation }) => organisation !== one.organisation);
    findings.expect(
      "keys",
      isFirst && isOwn(taken, "sealed:offerTrusteeKey", one),
      `${place}: the key of the trustee of ${one.organisation} is not its own offer`,
    );
  }
}

function added<T>(before: readonly T[] = [], after: readonly T[]): T[] {
  const known = new Set(before.map((one) => canonicalJson(one)));
  return after.filter((one) => !known.has(canonicalJson(one)));
}

function isOwn({ name, actor }: Taken, due: TransactionName, { organisation, person }: Entry): boolean {
  return name === due && actor?.organisation === organisation && actor.person === person;
}

function isSame(one: object | undefined, other: object | undefined): boolean {
  return canonicalJson(one ?? {}) === canonicalJson(other ?? {});
}
