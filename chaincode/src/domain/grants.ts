/** Grants to one body in one year (arts. 26–27 D.Lgs. 33/2013): dividing one, or calling it goods, hides none of it. */
import type { RecordOf } from "../../../protocol/records";
import { grantableKinds } from "../../../protocol/records/commons";
import { requireCents } from "./money";
import type { Tx } from "./tx";

type Commitment = RecordOf<"commitment">;
type Subject = RecordOf<"subject">;

/** Money to a body that could be granted it counts as granted, whatever it is said to pay for. */
export function countsAsGrant(type: Commitment["type"], payee: Pick<Subject, "kind">): boolean {
  return type === "contribution" || grantableKinds.includes(payee.kind);
}

/**
 * Adds to what a body was granted in the year of a commitment, or takes away from it: once by its code, under whichever
 * name it is registered, and once by its registration, whichever code that has been given.
 */
export async function addToGrants(
  tx: Tx,
  { payee, payeeCode, committedOn }: Pick<Commitment, "payee" | "payeeCode" | "committedOn">,
  cents: number,
): Promise<void> {
  for (const key of grantKeys({ payee, payeeCode })) {
    const before = (await tx.getInternal("grant_total", key, yearOf(committedOn)))?.cents ?? 0;
    const total = Math.max(0, before + cents);
    requireCents(total);
    tx.putInternal("grant_total", [key, yearOf(committedOn)], { cents: total });
  }
}

/** What a grant is added up under: the body's code, where it had one, and its registration. */
export function grantKeys({ payee, payeeCode }: Pick<Commitment, "payee" | "payeeCode">): readonly string[] {
  return payeeCode === undefined ? [payee] : [payeeCode, payee];
}

/** Whether a grant is above the threshold by itself or by what its body was granted in the year, cents. */
export function isAboveThreshold(
  amountCents: number,
  totals: readonly number[],
  thresholdCents: number,
): boolean {
  return Math.max(amountCents, ...totals) > thresholdCents;
}

/**
 * Whether a commitment has to be published before it is paid: the threshold is of the year's total to one body
 * (art. 26 c. 2), as it stood when the money was committed.
 */
export async function isUnpublishedGrant(tx: Tx, commitment: Commitment): Promise<boolean> {
  if (commitment.publication) return false;
  const payee = await tx.need("subject", commitment.payee);
  if (!countsAsGrant(commitment.type, payee)) return false;
  const year = yearOf(commitment.committedOn);
  const code = commitment.payeeCode ?? payee.code;
  const [byCode, byPayee, { settings }] = await Promise.all([
    code === undefined ? undefined : tx.getInternal("grant_total", code, year),
    tx.getInternal("grant_total", payee.id, year),
    tx.need("municipality", tx.municipality),
  ]);
  return isAboveThreshold(
    commitment.amountCents,
    [byCode?.cents ?? 0, byPayee?.cents ?? 0],
    commitment.publishAboveCents ?? settings.publishGrantsAboveCents,
  );
}

function yearOf(day: string): string {
  return day.slice(0, 4);
}
