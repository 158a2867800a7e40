import { RuleError } from "../protocol/errors";
import type { RecordOf } from "../protocol/records";
import { addDays } from "./days";
import type { Handler } from "./handler";
import { putCommitment, putLine } from "./money";
import { invalid, requireRepresentative, requireState, requireUnique } from "./require";
import { requireOther, requireTwoOrganisations } from "./separation";
import type { Tx } from "./tx";

export const submitEvidence: Handler<"milestones:submitEvidence"> = async (tx, input) => {
  const milestone = await tx.need("milestone", input.id);
  requireState(milestone, "planned");
  requireUnique(input.evidence, "evidence");
  const commitment = await tx.need("commitment", milestone.commitment);
  const [beneficiary] = await Promise.all([
    tx.need("subject", commitment.beneficiary),
    requireActivePact(tx, commitment),
  ]);
  requireRepresentative(tx, beneficiary);
  tx.put("milestone", [milestone.id], {
    ...milestone,
    state: "evidence_submitted",
    evidence: input.evidence,
    submittedBy: tx.actor,
    submittedOn: tx.day,
  });
  return undefined;
};

/** Casa or district looks at the work: another person than the one who submitted (rule 5). */
export const verify: Handler<"milestones:verify"> = async (tx, input) => {
  const milestone = await evidenceGiven(tx, input.id);
  tx.put("milestone", [milestone.id], {
    ...milestone,
    state: "verified",
    verifiedBy: tx.actor,
    verifiedOn: tx.day,
    verificationReport: input.reportHash,
  });
  return undefined;
};

export const returnEvidence: Handler<"milestones:returnEvidence"> = async (tx, input) => {
  const milestone = await evidenceGiven(tx, input.id);
  tx.put("milestone", [milestone.id], { ...milestone, state: "planned", reasonDigest: input.reasonDigest });
  return undefined;
};

/** The officer accepts all or part of a milestone, once the days for challenging its verification are over. */
export const accept: Handler<"milestones:accept"> = async (tx, input) => {
  const milestone = await verified(tx, input.id);
  const { acceptedCents, reasonDigest } = input;
  if (acceptedCents === 0) invalid("acceptedCents");
  if (acceptedCents > milestone.amountCents) {
    throw new RuleError("over_planned", { limitCents: milestone.amountCents });
  }
  const whole = acceptedCents === milestone.amountCents;
  if (!whole && reasonDigest === undefined) invalid("reasonDigest");
  const commitment = await tx.need("commitment", milestone.commitment);
  const line = await tx.need("budget_line", commitment.line);
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
  const milestone = await verified(tx, input.id);
  const commitment = await tx.need("commitment", milestone.commitment);
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

/** @throws {RuleError} `pact_not_active` */
export async function requireActivePact(tx: Tx, commitment: RecordOf<"commitment">): Promise<void> {
  const pact = await tx.need("pact", commitment.pact);
  if (pact.state !== "active") throw new RuleError("pact_not_active", { id: pact.id, state: pact.state });
}

async function evidenceGiven(tx: Tx, id: string): Promise<RecordOf<"milestone">> {
  const milestone = await tx.need("milestone", id);
  requireState(milestone, "evidence_submitted");
  requireOther(tx.actor, milestone.submittedBy);
  return milestone;
}

/** A verified milestone for the officer to decide on: a third person, of at least two organisations in all. */
async function verified(tx: Tx, id: string): Promise<RecordOf<"milestone">> {
  const milestone = await tx.need("milestone", id);
  requireState(milestone, "verified");
  requireOther(tx.actor, milestone.submittedBy, milestone.verifiedBy);
  requireTwoOrganisations(tx.actor, milestone.submittedBy, milestone.verifiedBy);
  const { settings } = await tx.need("municipality", tx.municipality);
  const day = addDays(milestone.verifiedOn ?? tx.day, settings.challengeDays);
  if (tx.day < day) throw new RuleError("challenge_window_open", { day });
  return milestone;
}
