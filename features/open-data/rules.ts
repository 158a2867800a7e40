/** Which grants are on the list of arts. 26–27 D.Lgs. 33/2013. Pure: the contracts ask the same before they let one be paid. */
import { countsAsGrant, grantKeys, isAboveThreshold } from "@/chaincode/src/domain/grants";
import type { RecordOf } from "@/protocol/records";
import { grantableKinds } from "@/protocol/records/commons";

type Commitment = RecordOf<"commitment">;
type Kind = RecordOf<"subject">["kind"];

export { countsAsGrant };

/** What each body was granted in a year, by code and by registration, cents. */
export type GrantTotals = Map<string, number>;

export function addGrant(totals: GrantTotals, commitment: Commitment, kind: Kind): void {
  if (!countsAsGrant(commitment.type, { kind })) return;
  for (const key of grantKeys(commitment)) totals.set(key, (totals.get(key) ?? 0) + commitment.amountCents);
}

/** Whether a commitment of the year that `totals` are of belongs on the list. What was released whole does not. */
export function belongsOnList(
  commitment: Commitment,
  kind: Kind,
  totals: GrantTotals,
  municipalThresholdCents: number,
): boolean {
  if (commitment.amountCents === 0 || !countsAsGrant(commitment.type, { kind })) return false;
  return isAboveThreshold(
    commitment.amountCents,
    grantKeys(commitment).map((key) => totals.get(key) ?? 0),
    commitment.publishAboveCents ?? municipalThresholdCents,
  );
}

/** Bodies whose name is public; of natural persons, and of groups that are their people, a code stands in its place. */
export function hasPublicName(kind: string): boolean {
  return kind === "company" || grantableKinds.some((grantable) => grantable === kind);
}
