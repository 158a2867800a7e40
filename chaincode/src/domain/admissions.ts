import { RuleError } from "../../../protocol/errors";
import { admissionBytes } from "../../../protocol/signing";
import { hasSmallOrder } from "../../../voting/sealed/small-order";
import type { Handler } from "./handler";
import { requireState } from "./moves";
import { invalid, requireUnique } from "./require";
import { requireNotOver } from "./rounds";
import { requireOtherOrganisation } from "./voices";

/**
 * Admits keys to a round on the word of two registrars of two organisations: the one who submits and the one who
 * signed the list. Each key takes a slot of the roll, so there are never more keys than people.
 */
export const admit: Handler<"rounds:admit"> = async (tx, input) => {
  const { round, admissions } = input;
  requireUnique(
    admissions.map(({ slot }) => slot),
    "admissions",
  );
  requireUnique(
    admissions.map(({ key }) => key),
    "admissions",
  );
  admissions.forEach(({ key }, index) => {
    if (hasSmallOrder(key)) invalid(`admissions.${index}.key`);
  });
  const [phase, cosigner, keys, slots] = await Promise.all([
    tx.getInternal("phase", round),
    tx.need("signing_key", input.cosigner),
    Promise.all(admissions.map(({ key }) => tx.get("admission", round, key))),
    Promise.all(admissions.map(({ slot }) => tx.getInternal("slot", round, String(slot)))),
  ]);
  if (!phase) throw new RuleError("not_found", { type: "round", id: round });
  requireState(tx, "round", { id: round, state: phase.state });
  if (phase.ballotKind !== "open") throw new RuleError("wrong_ballot_kind");
  requireNotOver(tx, phase);
  if (cosigner.withdrawn) throw new RuleError("key_withdrawn", { id: cosigner.id });
  requireOtherOrganisation(tx, cosigner.organisation);
  if (cosigner.person === tx.actor.person) throw new RuleError("same_person");
  const bytes = admissionBytes(tx.municipality, round, admissions);
  if (!(await tx.circumstances.checks.p256Signed(cosigner.publicKey, bytes, input.cosignature))) {
    throw new RuleError("bad_signature", { id: cosigner.id });
  }
  admissions.forEach(({ slot, key }, index) => {
    if (slot > phase.rollSize) throw new RuleError("roll_full", { slot, rollSize: phase.rollSize });
    if (keys[index]) throw new RuleError("key_already_admitted", { key });
    if (slots[index]) throw new RuleError("slot_taken", { slot });
    tx.put("admission", [round, key], { municipality: tx.municipality, round, key, slot });
    tx.putInternal("slot", [round, String(slot)], { key });
  });
  return undefined;
};
