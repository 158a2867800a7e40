import { RuleError } from "../../../protocol/errors";
import { barToObjecting, openObjectionsTo } from "../../../protocol/records/money";
import type { Handler } from "./handler";
import { requireOthers, requireState } from "./moves";
import { requireOfficial } from "./standing";

/** Anybody who has signed in objects to a verified milestone until it is decided on: once for each verification. */
export const object: Handler<"milestones:object"> = async (tx, input) => {
  const milestone = await tx.need("milestone", input.milestone);
  requireState(tx, "milestone", milestone);
  const bar = barToObjecting(milestone, tx.actor.person);
  if (bar) throw new RuleError(bar.code, bar.params);
  const { objections = [] } = milestone;
  if (objections.some(({ id }) => id === input.id))
    throw new RuleError("already_exists", { type: "objection", id: input.id });
  const { id, digest } = input;
  const objection = { id, person: tx.actor.person, digest, raisedOn: tx.day };
  tx.put("milestone", [milestone.id], { ...milestone, objections: [...objections, objection] });
  return undefined;
};

/**
 * A guarantor decides on one. Where it is upheld the verification is set aside, the work is to be proved anew, and
 * whatever else was objected to that verification is answered with it.
 */
export const decideObjection: Handler<"milestones:decideObjection"> = async (tx, input) => {
  const milestone = await tx.need("milestone", input.id);
  requireState(tx, "milestone", milestone);
  const open = openObjectionsTo(milestone);
  const decided = open.find(({ id }) => id === input.objection);
  if (!decided) throw new RuleError("not_found", { type: "objection", id: input.objection });
  // Whoever objected to this verification decides on nothing that is objected to it: upholding one answers all of them.
  if (open.some(({ person }) => person === tx.actor.person)) throw new RuleError("same_person");
  requireOthers(tx, { milestone });
  await requireOfficial(tx, await tx.need("commitment", milestone.commitment));
  const { upheld, digest } = input;
  const answered = upheld ? open : [decided];
  const decision = { upheld, digest, by: tx.actor, on: tx.day };
  const objections = milestone.objections?.map((one) =>
    answered.includes(one) ? { ...one, decision } : one,
  );
  if (!upheld) {
    tx.put("milestone", [milestone.id], { ...milestone, objections });
    return undefined;
  }
  const verification = {
    ...{ verifiedBy: undefined, verifiedOn: undefined, verificationReport: undefined },
    ...{ acceptableFrom: undefined, countersigned: undefined },
    // What was said of earlier evidence is not why it is to be given again.
    reasonDigest: undefined,
  };
  tx.put("milestone", [milestone.id], { ...milestone, ...verification, state: "planned", objections });
  return undefined;
};
