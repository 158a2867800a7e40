/** Putting proposals on a round's ballot and taking them off, so many in a transaction that none becomes too large. */
import { type ErrorCode, RuleError } from "../../../protocol/errors";
import type { RecordOf } from "../../../protocol/records";
import { placedAtOnce } from "../../../protocol/records/rounds";
import { statesFor } from "../../../protocol/workflow/table";
import { type RuleSpec, requireKnownRule } from "./allocation-rule";
import { proposalsWithoutKeys } from "./first-version";
import { noteInterests, requireNoInterest } from "./interests";
import type { Phase } from "./internal";
import { change } from "./proposals";
import { invalid } from "./require";
import type { Tx } from "./tx";

type Round = RecordOf<"round">;
type Project = Round["projects"][number];

/**
 * Every admitted proposal of the call that waits for a ballot is on this one, or an act leaves it out.
 *
 * @throws {RuleError} `proposal_left_out`, or `invalid_input` on an exclusion of what does not wait or is on the ballot
 */
export async function requireWholeCall(tx: Tx, round: Pick<Round, "call" | "projects" | "exclusion">) {
  const [admitted, earlier] = await Promise.all([
    tx.listInternal("admitted", round.call),
    proposalsWithoutKeys(tx),
  ]);
  const waiting = new Set([
    ...admitted.filter((entry) => entry.waiting).map(({ proposal }) => proposal),
    ...earlier.filter(({ call, state }) => call === round.call && state === "admitted").map(({ id }) => id),
  ]);
  const chosen = new Set(round.projects.map(({ proposal }) => proposal));
  const excluded = new Set(round.exclusion?.proposals);
  for (const proposal of excluded)
    if (chosen.has(proposal) || !waiting.has(proposal)) invalid("exclusion.proposals");
  if (excluded.size !== (round.exclusion?.proposals.length ?? 0)) invalid("exclusion.proposals");
  const leftOut = [...waiting].filter((proposal) => !chosen.has(proposal) && !excluded.has(proposal));
  if (leftOut[0] !== undefined)
    throw new RuleError("proposal_left_out", { proposal: leftOut[0], count: leftOut.length });
}

/**
 * Puts the next proposals on the ballot. @returns how many are on it then
 *
 * @throws {RuleError} for a project that is not the admitted proposal it names, or the submitter's own
 */
export async function placeNext(tx: Tx, round: Round, placed: number): Promise<number> {
  const spec = requireKnownRule(round.rule, round.projects.length);
  const projects = round.projects.slice(placed, placed + placedAtOnce);
  const proposals = await Promise.all(projects.map((project) => tx.need("proposal", project.proposal)));
  await Promise.all(proposals.map((proposal) => requireNoInterest(tx, proposal)));
  projects.forEach((project, index) => {
    const proposal = proposals[index] as RecordOf<"proposal">;
    const differs =
      firstDifference(tx, project, proposal, round.call) ?? scoreDifference(spec, project, proposal);
    if (differs) throw new RuleError(differs, { number: project.number, proposal: project.proposal });
  });
  for (const proposal of proposals) {
    await noteInterests(tx, round.id, proposal);
    change(tx, proposal, { state: "on_ballot", round: round.id });
    tx.putInternal("admitted", [round.call, proposal.id], { proposal: proposal.id, waiting: false });
  }
  return placed + projects.length;
}

/** Takes the last ones off the ballot of an annulled round. @returns how many are still on it */
export async function releaseNext(tx: Tx, round: Round, placed: number): Promise<number> {
  const left = Math.max(0, placed - placedAtOnce);
  for (const { proposal: id } of round.projects.slice(left, placed)) {
    const proposal = await tx.need("proposal", id);
    change(tx, proposal, { state: "admitted", round: undefined });
    tx.putInternal("admitted", [round.call, id], { proposal: id, waiting: true });
  }
  return left;
}

/** How many projects of a round have been placed; a round frozen by an earlier version placed all at once. */
export function placedOf(phase: Phase): number {
  return phase.placed ?? phase.projects;
}

/** Why a project of a ballot is not the proposal it names, if it is not. */
function firstDifference(
  tx: Tx,
  project: Project,
  proposal: RecordOf<"proposal">,
  call: string,
): ErrorCode | undefined {
  if (!statesFor(tx.name, "proposal").includes(proposal.state)) return "wrong_state";
  const same =
    proposal.call === call &&
    proposal.commons === project.commons &&
    proposal.costCents === project.costCents &&
    proposal.digest === project.digest;
  return same ? undefined : "project_differs";
}

/** Technical scores that count are those the assessors' admission recorded, hundredths of a point. */
function scoreDifference(
  spec: RuleSpec,
  { number }: Project,
  { score }: RecordOf<"proposal">,
): ErrorCode | undefined {
  if (spec.rule !== "score-plus-votes") return undefined;
  const [whole = "", decimals = ""] = (spec.scores[String(number)] ?? "").split(".");
  const given =
    /^\d{1,3}$/.test(whole) && decimals.length <= 2 ? Number(whole + decimals.padEnd(2, "0")) : -1;
  return given === score ? undefined : "score_differs";
}
