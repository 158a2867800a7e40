/** People for whom two organisations vouch at a desk: that it stands on the ledger is all the permission there is, whoever asks. */
import { createHash, createHmac } from "node:crypto";
import { PartRefusal } from "@/lib/part-refusal";
import { deskCode, deskSignIn } from "@/voting/sealed/desk-code";
import { credentialVoucher, paperVoucher } from "@/voting/sealed/vouchers";
import { LedgerAway, type SealedLedger, type VouchedFor } from "../sealed/ledger";
import type { FrozenRound } from "../sealed/round-view";
import type { Attested, Provider } from "./attested";
import type { Place, Roll } from "./roll";

export interface Desk {
  readonly ledger: Pick<SealedLedger, "vouched">;
  readonly roll: Roll;
  readonly provider: Pick<Provider, "fiscalNumberKey">;
}

/**
 * Whose number it is, if people of two organisations vouch for just this device. Nobody learns here who is on the roll:
 * a number that is not is asked about on the ledger, and refused, like any other.
 * @throws PartRefusal `not_vouched`, `no_roll` or `ledger_away`
 */
export async function atDesk(
  { ledger, roll, provider }: Desk,
  round: FrozenRound,
  enrolmentKey: Uint8Array,
  fiscalNumber: string,
): Promise<Attested> {
  requireRoll(roll, round.id);
  const fiscalHash = new Uint8Array(
    createHmac("sha256", provider.fiscalNumberKey).update(fiscalNumber).digest(),
  );
  const freeze = round.frozen.digest;
  const place = roll.find(round.id, fiscalHash) ?? nobody(fiscalHash);
  const voucher = credentialVoucher(freeze, place.person, deskCode(freeze, enrolmentKey));
  await requireVouched(ledger, round, place, "credential", voucher);
  // Nobody has attested an address: who stands at the desk sees what is done.
  return { fiscalHash, email: undefined, language: "it", tokenDigest: deskSignIn(fiscalNumber) };
}

/** @throws PartRefusal `not_on_roll`, `not_vouched`, `no_roll` or `ledger_away` */
export async function onPaper(
  { ledger, roll }: Omit<Desk, "provider">,
  round: FrozenRound,
  fiscalHash: Uint8Array,
): Promise<Place> {
  requireRoll(roll, round.id);
  const place = roll.find(round.id, fiscalHash);
  if (!place) throw new PartRefusal(403, "not_on_roll");
  await requireVouched(ledger, round, place, "paper", paperVoucher(round.frozen.digest, place.person));
  return place;
}

async function requireVouched(
  ledger: Desk["ledger"],
  { municipality, id }: FrozenRound,
  { area }: Place,
  purpose: VouchedFor["purpose"],
  voucher: Uint8Array,
): Promise<void> {
  const found = await ledger.vouched(municipality, id, voucher).catch((error) => {
    if (error instanceof LedgerAway) throw new PartRefusal(503, "ledger_away");
    throw error;
  });
  if (found?.purpose !== purpose || found.area !== area) throw new PartRefusal(403, "not_vouched");
}

function requireRoll(roll: Roll, round: string): void {
  if (!roll.has(round)) throw new PartRefusal(503, "no_roll");
}

function nobody(fiscalHash: Uint8Array): Place {
  const person = new Uint8Array(createHash("sha256").update("nobody").update(fiscalHash).digest());
  return { area: 0, person };
}
