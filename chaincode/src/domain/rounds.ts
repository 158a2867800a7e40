import { frozenText } from "../protocol/digests";
import { type ErrorCode, RuleError } from "../protocol/errors";
import type { RecordOf } from "../protocol/records";
import { requireKnownRule } from "./allocation-rule";
import { instantMs, legalDay } from "./days";
import type { Handler } from "./handler";
import type { Phase } from "./internal";
import { change } from "./proposals";
import { invalid, requireOrder, requireState, requireUnique } from "./require";
import type { Tx } from "./tx";

type Round = RecordOf<"round">;

/** Fixes everything about a ballot and puts its proposals on it. Nothing of what is frozen is written again (rule 2). */
export const freeze: Handler<"rounds:freeze"> = async (tx, input) => {
  const { command: _, ...frozen } = input;
  const lastDay = legalDay(instantMs(frozen.closesAt));
  requireOrder(frozen.opensOn, lastDay);
  requireNumbered(frozen.projects);
  requireBallotRules(frozen);
  requireKnownRule(frozen.rule, frozen.projects.length);
  await tx.need("call", frozen.call);
  const proposals = await Promise.all(frozen.projects.map(({ proposal }) => tx.need("proposal", proposal)));
  frozen.projects.forEach((project, index) => {
    const proposal = proposals[index];
    const differs = proposal && firstDifference(project, proposal, frozen.call);
    if (differs) throw new RuleError(differs, { number: project.number, proposal: project.proposal });
  });
  await tx.create("round", [frozen.id], {
    ...frozen,
    state: "frozen",
    frozenDigest: tx.circumstances.checks.sha256(frozenText(frozen)),
    attestations: [],
    openObjections: 0,
  });
  tx.putInternal("phase", [frozen.id], {
    state: "frozen",
    ballotKind: frozen.ballotKind,
    least: frozen.ballot.least,
    most: frozen.ballot.most,
    projects: frozen.projects.length,
    rollSize: frozen.rollSize,
    lastDay,
  });
  for (const proposal of proposals) change(tx, proposal, { state: "on_ballot", round: frozen.id });
  return undefined;
};

export const open: Handler<"rounds:open"> = async (tx, input) => {
  const round = await tx.need("round", input.id);
  requireState(round, "frozen");
  if (tx.day < round.opensOn) throw new RuleError("too_early", { day: round.opensOn });
  await setPhase(tx, round, "open");
  return undefined;
};

/** Ends the vote, not before the frozen instant by the endorser's clock. Votes still in flight fail on the phase key. */
export const close: Handler<"rounds:close"> = async (tx, input) => {
  const round = await tx.need("round", input.id);
  requireState(round, "open");
  if (tx.circumstances.now < instantMs(round.closesAt)) {
    throw new RuleError("too_early", { instant: round.closesAt });
  }
  await setPhase(tx, round, "closed");
  return undefined;
};

async function setPhase(tx: Tx, round: Round, state: Exclude<Phase["state"], "frozen">): Promise<void> {
  const phase = await tx.getInternal("phase", round.id);
  if (!phase) throw new RuleError("not_found", { type: "phase", id: round.id });
  tx.putInternal("phase", [round.id], { ...phase, state });
  tx.put("round", [round.id], { ...round, state });
}

/** @throws {RuleError} `invalid_input` unless the projects are numbered 1 to n, each number and proposal once */
function requireNumbered(projects: Round["projects"]): void {
  requireUnique(
    projects.map(({ number }) => number),
    "projects",
  );
  requireUnique(
    projects.map(({ proposal }) => proposal),
    "projects",
  );
  if (projects.some(({ number }) => number > projects.length)) invalid("projects");
}

/** @throws {RuleError} `invalid_input` on limits nobody could keep */
function requireBallotRules({ ballot, projects }: Pick<Round, "ballot" | "projects">): void {
  if (ballot.least > ballot.most) invalid("ballot.least");
  if (ballot.most > projects.length) invalid("ballot.most");
  if (ballot.type === "choice" && (ballot.most !== 1 || ballot.least > 1)) invalid("ballot.most");
}

/** Why a project of a ballot is not the proposal it names, if it is not. */
function firstDifference(
  project: Round["projects"][number],
  proposal: RecordOf<"proposal">,
  call: string,
): ErrorCode | undefined {
  if (proposal.state !== "admitted") return "wrong_state";
  const same =
    proposal.call === call &&
    proposal.commons === project.commons &&
    proposal.costCents === project.costCents &&
    proposal.digest === project.digest;
  return same ? undefined : "project_differs";
}
