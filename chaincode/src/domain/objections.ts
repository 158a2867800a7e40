import { RuleError } from "../../../protocol/errors";
import { stateOf } from "../../../protocol/workflow/states";
import { countsOf, lastObjectionDay } from "./counting";
import type { Handler } from "./handler";
import { requireNoInterestInRound } from "./interests";
import { requireState } from "./moves";

/**
 * A resident objects to a counted result, once for each count, until the days for it are over. Nothing that others
 * write is written, so objections do not meet each other.
 */
export const object: Handler<"rounds:object"> = async (tx, input) => {
  const { person } = tx.actor;
  const round = await tx.need("round", input.round);
  requireState(tx, "round", round);
  const last = lastObjectionDay(round);
  if (last !== undefined && tx.day > last) throw new RuleError("too_late", { day: last });
  const count = countsOf(round);
  const objector = [round.id, String(count), person];
  const earlier = await tx.getInternal("objector", ...objector);
  if (earlier) throw new RuleError("already_exists", { type: "objection", id: earlier.objection });
  await tx.create("objection", [input.id], {
    municipality: tx.municipality,
    id: input.id,
    round: round.id,
    person,
    digest: input.digest,
    raisedOn: tx.day,
    count,
  });
  tx.putInternal("objector", objector, { objection: input.id, decided: false });
  return undefined;
};

/**
 * A guarantor decides. An objection that is upheld sends the round back to be counted and attested anew, if the count
 * it is against still stands: the outcome it overturns stays in the history of the key.
 */
export const decideObjection: Handler<"rounds:decideObjection"> = async (tx, input) => {
  const objection = await tx.need("objection", input.id);
  requireState(tx, "objection", { id: objection.id, state: stateOf("objection", objection) });
  if (objection.person === tx.actor.person) throw new RuleError("same_person");
  const round = await tx.need("round", objection.round);
  await requireNoInterestInRound(tx, round);
  const count = objection.count ?? 1;
  tx.put("objection", [objection.id], {
    ...objection,
    decision: { upheld: input.upheld, digest: input.digest, on: tx.day },
  });
  const objector = [round.id, String(count), objection.person];
  const noted = await tx.getInternal("objector", ...objector);
  if (noted) tx.putInternal("objector", objector, { ...noted, decided: true });
  // An earlier version kept the number of those that wait in the round, and no such key.
  const openObjections = noted ? round.openObjections : Math.max(0, round.openObjections - 1);
  const stands = (round.state === "counted" || round.state === "attested") && count === countsOf(round);
  const { outcome, attestedOn, ...rest } = round;
  if (input.upheld && stands) {
    tx.put("round", [round.id], { ...rest, state: "closed", attestations: [], openObjections });
  } else if (!noted) {
    tx.put("round", [round.id], { ...round, openObjections });
  }
  return undefined;
};
