import { RuleError } from "../../../protocol/errors";
import type { RecordOf } from "../../../protocol/records";
import type { Handler } from "./handler";
import { hasInterest, isAuthor, requireNoInterest } from "./interests";
import { requireState } from "./moves";
import { change, requireIntegrationOver } from "./proposals";
import { invalid, requireUnique } from "./require";
import type { Tx } from "./tx";

type Assessment = RecordOf<"assessment">;

/** Who has an interest is left out of every decision for good, and what they scored is dropped. */
export const declareConflict: Handler<"proposals:declareConflict"> = async (tx, input) => {
  const { person } = tx.actor;
  const [proposal, earlier] = await Promise.all([
    tx.need("proposal", input.proposal),
    tx.get("assessment", input.proposal, person),
  ]);
  requireState(tx, "proposal", proposal);
  if (earlier?.conflict) throw new RuleError("conflict_declared", { proposal: proposal.id });
  if (proposal.round !== undefined) {
    tx.putInternal("interest", [proposal.round, person], { proposal: proposal.id });
  }
  tx.put("assessment", [proposal.id, person], {
    municipality: tx.municipality,
    id: earlier?.id ?? input.command,
    proposal: proposal.id,
    commons: proposal.commons,
    assessor: person,
    version: proposal.version,
    conflict: true,
    scores: [],
    reasonDigest: input.reasonDigest,
  });
  return undefined;
};

/** Scores the current version against every criterion of the call; until the decision it can be given anew. */
export const score: Handler<"proposals:score"> = async (tx, input) => {
  const { person } = tx.actor;
  const [proposal, earlier] = await Promise.all([
    tx.need("proposal", input.proposal),
    tx.get("assessment", input.proposal, person),
  ]);
  requireState(tx, "proposal", proposal);
  await requireNoInterest(tx, proposal);
  const call = await tx.need("call", proposal.call);
  requireScores(call.criteria, input.scores);
  tx.put("assessment", [proposal.id, person], {
    municipality: tx.municipality,
    id: earlier?.id ?? input.command,
    proposal: proposal.id,
    commons: proposal.commons,
    assessor: person,
    version: proposal.version,
    conflict: false,
    scores: input.scores,
    reasonDigest: input.reasonDigest,
  });
  return undefined;
};

export const admit: Handler<"proposals:admit"> = async (tx, input) => {
  const { proposal, call, count, total } = await assessed(tx, input.id);
  if (!reaches(call.threshold, total, count)) {
    throw new RuleError("below_threshold", { score: average(total, count), threshold: call.threshold });
  }
  tx.putInternal("admitted", [call.id, proposal.id], { proposal: proposal.id, waiting: true });
  change(tx, proposal, { state: "admitted", score: average(total, count), act: input.act });
  return undefined;
};

/** Below the threshold; or before its time, as what cannot be published or was not completed when asked. */
export const reject: Handler<"proposals:reject"> = async (tx, input) => {
  const { act, reasonDigest } = input;
  const found = await tx.need("proposal", input.id);
  if (found.state === "submitted" || found.state === "integration_requested") {
    await requireNoInterest(tx, found);
    if (found.state === "integration_requested") requireIntegrationOver(tx, found);
    change(tx, found, { state: "not_admitted", act, reasonDigest });
    return undefined;
  }
  const { proposal, call, count, total } = await assessed(tx, input.id);
  if (reaches(call.threshold, total, count)) {
    throw new RuleError("above_threshold", { score: average(total, count), threshold: call.threshold });
  }
  change(tx, proposal, {
    state: "not_admitted",
    score: average(total, count),
    act,
    reasonDigest,
  });
  return undefined;
};

/** The assessments that count: of the version that stands, by assessors without an interest in what it has become. */
export function countable(
  assessments: readonly Assessment[],
  proposal: Pick<RecordOf<"proposal">, "version" | "representative" | "credits">,
  subject: RecordOf<"subject">,
): Assessment[] {
  return assessments.filter(
    ({ conflict, version, assessor }) =>
      !conflict &&
      version === proposal.version &&
      !isAuthor(proposal, assessor) &&
      !hasInterest(subject, assessor),
  );
}

/** Points of an assessment, hundredths of a point. */
export function points(assessment: Pick<Assessment, "scores">): number {
  return assessment.scores.reduce((sum, { points }) => sum + points, 0);
}

/** Whether `count` assessments of `total` hundredths reach the threshold on average, without dividing. */
export function reaches(threshold: number, total: number, count: number): boolean {
  return total >= threshold * 100 * count;
}

/** Average of `count` assessments in hundredths of a point, rounded down. */
export function average(total: number, count: number): number {
  return Math.floor(total / count);
}

/**
 * Reads the assessments of a proposal as a range: one that arrives meanwhile is a conflict at commit, so a decision
 * always rests on all of them.
 */
async function assessed(tx: Tx, id: string) {
  const proposal = await tx.need("proposal", id);
  requireState(tx, "proposal", proposal);
  await requireNoInterest(tx, proposal);
  const [call, assessments, subject] = await Promise.all([
    tx.need("call", proposal.call),
    tx.list("assessment", id),
    tx.need("subject", proposal.subject),
  ]);
  const counted = countable(assessments, proposal, subject);
  const count = counted.length;
  if (count < call.requiredScores) {
    throw new RuleError("not_enough_scores", { count, required: call.requiredScores });
  }
  return { proposal, call, count, total: counted.reduce((sum, assessment) => sum + points(assessment), 0) };
}

/** @throws {RuleError} `score_over_weight`, `score_missing`, or `invalid_input` on a criterion of another call or twice */
function requireScores(criteria: RecordOf<"call">["criteria"], scores: Assessment["scores"]): void {
  requireUnique(
    scores.map(({ criterion }) => criterion),
    "scores",
  );
  for (const { criterion, points } of scores) {
    const weight = criteria.find(({ id }) => id === criterion)?.weight ?? invalid("scores");
    if (points > weight * 100) throw new RuleError("score_over_weight", { criterion, weight });
  }
  const missing = criteria.find(({ id }) => !scores.some(({ criterion }) => criterion === id));
  if (missing) throw new RuleError("score_missing", { criterion: missing.id });
}
