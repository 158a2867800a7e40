import { addDays, instantMs, legalDay } from "../../../../protocol/days";
import { RuleError } from "../../../../protocol/errors";
import { MOST_PROLONGED_DAYS } from "../../../../protocol/records/sealed";
import type { Handler } from "../handler";
import { requireNoInterestInRound } from "../interests";
import { requireState } from "../moves";
import { requireNotOver } from "../rounds";
import { endOfGrace } from "./freezing";

/** A later closing instant, once, before the first has come: nobody who was left waiting is shut out by those who waited. */
export const prolong: Handler<"sealed:prolong"> = async (tx, input) => {
  const { round: id, closesAt, act, reasonDigest } = input;
  const [round, sealing, phase] = await Promise.all([
    tx.need("round", id),
    tx.need("sealing", id),
    tx.getInternal("phase", id),
  ]);
  requireState(tx, "round", round);
  requireState(tx, "sealing", sealing);
  if (!phase?.sealed) throw new RuleError("wrong_ballot_kind");
  await requireNoInterestInRound(tx, round);
  if (sealing.prolonged) throw new RuleError("already_exists", { type: "sealing", id });
  requireNotOver(tx, phase);
  if (instantMs(closesAt) <= instantMs(round.closesAt)) throw new RuleError("not_later");
  const latest = addDays(phase.lastDay, MOST_PROLONGED_DAYS);
  const lastDay = legalDay(instantMs(closesAt));
  if (lastDay > latest) throw new RuleError("too_late", { day: latest });
  const prolonged = { closesAt, act, reasonDigest, by: tx.actor.person, on: tx.day };
  tx.put("sealing", [id], { ...sealing, prolonged });
  tx.put("round", [id], { ...round, prolongedTo: closesAt });
  const sealed = { ...phase.sealed, ...endOfGrace(closesAt, phase.sealed.graceMinutes) };
  tx.putInternal("phase", [id], { ...phase, closesAt, lastDay, sealed });
  return undefined;
};
