import { addDays } from "../../../protocol/days";
import { RuleError } from "../../../protocol/errors";
import { openObjectionsTo } from "../../../protocol/records/money";
import { firstDecisionDay } from "../../../protocol/workflow/terms";
import { requireCarriedOver, requireYearBegun } from "./carry-over";
import type { Handler } from "./handler";
import { putCommitment, putLine } from "./money";
import { requireOthers, requireState } from "./moves";
import { invalid, requireRepresentative, requireSince, requireUnique } from "./require";
import { officesOf, requireTwoOrganisations } from "./separation";
import { behind, requireDrawable, requireInForce, requireOfficial } from "./standing";
import type { Tx } from "./tx";

export const submitEvidence: Handler<"milestones:submitEvidence"> = async (tx, input) => {
  const milestone = await tx.need("milestone", input.id);
  requireState(tx, "milestone", milestone);
  requireUnique(input.evidence, "evidence");
  const commitment = await tx.need("commitment", milestone.commitment);
  requireRepresentative(tx, await tx.need("subject", commitment.beneficiary));
  const { pact, proposal } = await behind(tx, commitment);
  requireInForce(tx, pact, proposal);
  await Promise.all(input.evidence.map((digest) => keepEvidence(tx, milestone.id, digest)));
  const { witnesses: _, ...before } = milestone;
  const { paper } = tx.circumstances;
  tx.put("milestone", [milestone.id], {
    ...before,
    state: "evidence_submitted",
    evidence: input.evidence,
    submittedBy: tx.actor,
    submittedOn: tx.day,
    ...(paper && { witnesses: paper.witnesses }),
  });
  return undefined;
};

/** Casa or district looks at the work: another person than the one who submitted (rule 5). */
export const verify: Handler<"milestones:verify"> = async (tx, input) => {
  const { milestone, commitment, pact, proposal } = await evidenceGiven(tx, input.id);
  requireDrawable(tx, commitment, pact, proposal);
  const { settings } = await tx.need("municipality", tx.municipality);
  tx.put("milestone", [milestone.id], {
    ...milestone,
    state: "verified",
    acceptableFrom: addDays(tx.day, settings.challengeDays),
    verifiedBy: tx.actor,
    verifiedOn: tx.day,
    verificationReport: input.reportHash,
    // What was objected to a verification that was set aside stays in the history of the key.
    objections: undefined,
  });
  return undefined;
};

/**
 * Somebody of another organisation looks as well, where so far the one that pays looked alone; also once it was accepted,
 * so that no payment waits for ever.
 */
export const countersign: Handler<"milestones:countersign"> = async (tx, input) => {
  const milestone = await tx.need("milestone", input.id);
  requireState(tx, "milestone", milestone);
  requireOthers(tx, { milestone });
  if (officesOf(tx, [milestone.verifiedBy]).has(tx.circumstances.voices[tx.actor.organisation]))
    throw new RuleError("same_organisation");
  if (milestone.countersigned) {
    throw new RuleError("already_exists", { type: "countersignature", id: milestone.id });
  }
  await requireOfficial(tx, await tx.need("commitment", milestone.commitment));
  const countersigned = { reportHash: input.reportHash, by: tx.actor, on: tx.day };
  tx.put("milestone", [milestone.id], { ...milestone, countersigned });
  return undefined;
};

/** By an act, before anybody verified it: what it would have cost is free again. */
export const cancel: Handler<"milestones:cancel"> = async (tx, input) => {
  const milestone = await tx.need("milestone", input.id);
  requireState(tx, "milestone", milestone);
  const commitment = await tx.need("commitment", milestone.commitment);
  await requireOfficial(tx, commitment);
  requireSince(input.act.date, commitment.committedOn);
  putCommitment(tx, { ...commitment, plannedCents: commitment.plannedCents - milestone.amountCents });
  tx.put("milestone", [milestone.id], {
    ...milestone,
    state: "cancelled",
    cancelledBy: input.act,
    reasonDigest: input.reasonDigest,
  });
  return undefined;
};

export const returnEvidence: Handler<"milestones:returnEvidence"> = async (tx, input) => {
  const { milestone } = await evidenceGiven(tx, input.id);
  tx.put("milestone", [milestone.id], { ...milestone, state: "planned", reasonDigest: input.reasonDigest });
  return undefined;
};

/** The officer accepts all or part of a milestone, once the days for challenging its verification are over. */
export const accept: Handler<"milestones:accept"> = async (tx, input) => {
  const { milestone, commitment, pact, proposal } = await verified(tx, input.id);
  requireDrawable(tx, commitment, pact, proposal);
  if (openObjectionsTo(milestone).length > 0) throw new RuleError("objection_open");
  const { acceptedCents, reasonDigest } = input;
  if (acceptedCents === 0) invalid("acceptedCents");
  if (acceptedCents > milestone.amountCents) {
    throw new RuleError("over_planned", { limitCents: milestone.amountCents });
  }
  const whole = acceptedCents === milestone.amountCents;
  if (!whole && reasonDigest === undefined) invalid("reasonDigest");
  const line = await tx.need("budget_line", commitment.line);
  requireYearBegun(tx, line);
  requireCarriedOver(milestone, line);
  putCommitment(tx, {
    ...commitment,
    plannedCents: commitment.plannedCents - (milestone.amountCents - acceptedCents),
    acceptedCents: commitment.acceptedCents + acceptedCents,
  });
  putLine(tx, { ...line, acceptedCents: line.acceptedCents + acceptedCents });
  tx.put("milestone", [milestone.id], {
    ...milestone,
    state: whole ? "accepted" : "partially_accepted",
    acceptedCents,
    reasonDigest: reasonDigest ?? milestone.reasonDigest,
    acceptedBy: tx.actor,
    acceptedOn: tx.day,
  });
  return undefined;
};

/** The officer turns a milestone down: its amount can be planned again. */
export const reject: Handler<"milestones:reject"> = async (tx, input) => {
  const { milestone, commitment } = await verified(tx, input.id);
  putCommitment(tx, { ...commitment, plannedCents: commitment.plannedCents - milestone.amountCents });
  tx.put("milestone", [milestone.id], {
    ...milestone,
    state: "rejected",
    reasonDigest: input.reasonDigest,
    acceptedBy: tx.actor,
    acceptedOn: tx.day,
  });
  return undefined;
};

/**
 * One piece of evidence proves one milestone, unless the one it was given for came to nothing.
 * @throws {RuleError} `evidence_used`
 */
async function keepEvidence(tx: Tx, milestone: string, digest: string): Promise<void> {
  const earlier = await tx.getInternal("evidence", digest);
  if (earlier && earlier.milestone !== milestone) {
    const { state } = await tx.need("milestone", earlier.milestone);
    if (state !== "rejected" && state !== "cancelled") throw new RuleError("evidence_used");
  }
  tx.putInternal("evidence", [digest], { milestone });
}

async function evidenceGiven(tx: Tx, id: string) {
  const milestone = await tx.need("milestone", id);
  requireState(tx, "milestone", milestone);
  requireOthers(tx, { milestone });
  const commitment = await tx.need("commitment", milestone.commitment);
  return { milestone, commitment, ...(await requireOfficial(tx, commitment)) };
}

/** A verified milestone for the officer to decide on: a third person, of at least two organisations in all. */
async function verified(tx: Tx, id: string) {
  const milestone = await tx.need("milestone", id);
  requireState(tx, "milestone", milestone);
  const { verifiedBy, countersigned } = milestone;
  requireOthers(tx, { milestone });
  requireTwoOrganisations(tx, tx.actor, verifiedBy, countersigned?.by);
  const commitment = await tx.need("commitment", milestone.commitment);
  const found = await requireOfficial(tx, commitment);
  const { settings } = await tx.need("municipality", tx.municipality);
  const day = firstDecisionDay({ verifiedOn: tx.day, ...milestone }, settings);
  if (day === undefined || tx.day < day) throw new RuleError("challenge_window_open", { day: day ?? "" });
  return { milestone, commitment, ...found };
}
