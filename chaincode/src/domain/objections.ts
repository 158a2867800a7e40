import { RuleError } from "../protocol/errors";
import { objectionsEnd } from "./counting";
import type { Handler } from "./handler";
import { requireState } from "./require";

/** A resident objects to a counted result, once for each outcome, until the days for it are over. */
export const object: Handler<"rounds:object"> = async (tx, input) => {
  const { person } = tx.actor;
  const round = await tx.need("round", input.round);
  requireState(round, "counted", "attested");
  const end = objectionsEnd(round);
  if (end !== undefined && tx.day >= end) throw new RuleError("too_late", { day: end });
  const objector = [round.id, round.outcome?.digest ?? "", person];
  const earlier = await tx.getInternal("objector", ...objector);
  if (earlier) throw new RuleError("already_exists", { type: "objection", id: earlier.objection });
  await tx.create("objection", [input.id], {
    municipality: tx.municipality,
    id: input.id,
    round: round.id,
    person,
    digest: input.digest,
    raisedOn: tx.day,
  });
  tx.putInternal("objector", objector, { objection: input.id });
  tx.put("round", [round.id], { ...round, openObjections: round.openObjections + 1 });
  return undefined;
};

/**
 * A guarantor decides. An objection that is upheld sends the round back to be counted and attested anew: the
 * outcome it overturns stays in the history of the key.
 */
export const decideObjection: Handler<"rounds:decideObjection"> = async (tx, input) => {
  const objection = await tx.need("objection", input.id);
  if (objection.decision) throw new RuleError("wrong_state", { id: objection.id, state: "decided" });
  if (objection.person === tx.actor.person) throw new RuleError("same_person");
  const round = await tx.need("round", objection.round);
  tx.put("objection", [objection.id], {
    ...objection,
    decision: { upheld: input.upheld, digest: input.digest, on: tx.day },
  });
  const { outcome, attestedOn, ...rest } = round;
  const openObjections = round.openObjections - 1;
  tx.put(
    "round",
    [round.id],
    input.upheld
      ? { ...rest, state: "closed", attestations: [], openObjections }
      : { ...rest, outcome, attestedOn, openObjections },
  );
  return undefined;
};
