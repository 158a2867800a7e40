import { addDays, instantMs, legalDay } from "../../../protocol/days";
import { frozenText } from "../../../protocol/digests";
import { drawText } from "../../../protocol/draw";
import { RuleError } from "../../../protocol/errors";
import type { RecordOf } from "../../../protocol/records";
import type { InputOf } from "../../../protocol/transactions";
import { requireKnownRule } from "./allocation-rule";
import { placedOf, placeNext, releaseNext, requireWholeCall } from "./ballot-paper";
import type { Handler } from "./handler";
import { requireNoInterestInRound } from "./interests";
import type { Phase } from "./internal";
import { requireState } from "./moves";
import { invalid, requireOrder, requirePast, requireUnique } from "./require";
import { freezeSealing, sealedPhase, sealingDigest } from "./sealed/freezing";
import type { Tx } from "./tx";
import { requireOtherOrganisation } from "./voices";

type Round = RecordOf<"round">;

/** Fixes everything about a ballot and puts its proposals on it. Nothing of what is frozen is written again (rule 2). */
export const freeze: Handler<"rounds:freeze"> = async (tx, input) => {
  const { command: _, drawCommitment, ...given } = input;
  const isSealed = given.ballotKind === "sealed";
  if (!isSealed && drawCommitment === undefined) invalid("drawCommitment");
  const lastDay = legalDay(instantMs(given.closesAt));
  requireOrder(given.opensOn, lastDay);
  requireNumbered(given.projects);
  requireBallotRules(given);
  requireKnownRule(given.rule, given.projects.length);
  if (given.exclusion) requirePast(tx, given.exclusion.act.date);
  const { settings, trial } = await tx.need("municipality", tx.municipality);
  requireTerms(given, lastDay, settings);
  await tx.need("call", given.call);
  await requireWholeCall(tx, given);
  const sealing = isSealed ? await freezeSealing(tx, given) : undefined;
  const frozen = {
    ...given,
    votingDays: settings.votingDays,
    leastAge: settings.leastAge,
    ties: "cost, votes, draw" as const,
    ...(sealing
      ? { sealing: sealingDigest(tx, sealing) }
      : { draw: { commitment: drawCommitment ?? invalid("drawCommitment") } }),
  };
  const { organisation, person } = tx.actor;
  const round: Round = {
    ...frozen,
    state: "frozen",
    frozenDigest: tx.circumstances.checks.sha256(frozenText(frozen)),
    frozenBy: { organisation, person },
    counts: 0,
    attestations: [],
    openObjections: 0,
  };
  await tx.create("round", [round.id], round);
  const phase: Phase = {
    state: "frozen",
    ballotKind: round.ballotKind,
    least: round.ballot.least,
    most: round.ballot.most,
    ...limitsOf(round),
    projects: round.projects.length,
    rollSize: round.rollSize,
    lastDay,
    closesAt: round.closesAt,
    trial: trial ?? false,
    ...(sealing ? { sealed: sealedPhase(sealing, round) } : {}),
  };
  requireNotOver(tx, phase);
  tx.putInternal("phase", [round.id], { ...phase, placed: await placeNext(tx, round, 0) });
  return undefined;
};

/** Puts the next proposals of a long ballot on it. */
export const place: Handler<"rounds:place"> = async (tx, input) => {
  const round = await tx.need("round", input.id);
  requireState(tx, "round", round);
  const phase = await phaseOf(tx, round.id);
  const placed = placedOf(phase);
  if (placed === round.projects.length) {
    throw new RuleError("already_exists", { type: "project", id: round.id });
  }
  tx.putInternal("phase", [round.id], { ...phase, placed: await placeNext(tx, round, placed) });
  return undefined;
};

/** Another organisation adds its number to the draw, once, before it can know the first. */
export const draw: Handler<"rounds:draw"> = async (tx, input) => {
  const round = await tx.need("round", input.id);
  requireState(tx, "round", round);
  if (!round.draw) throw new RuleError("draw_missing", { id: round.id });
  if (round.draw.contribution !== undefined) throw new RuleError("already_drawn", { id: round.id });
  const { organisation } = tx.actor;
  requireOtherOrganisation(tx, round.frozenBy?.organisation);
  tx.put("round", [round.id], {
    ...round,
    draw: { ...round.draw, contribution: input.contribution, organisation },
  });
  return undefined;
};

/** Begins the vote: on its day, early enough for the days the vote must last, with its ballot whole and its order drawn. */
export const open: Handler<"rounds:open"> = async (tx, input) => {
  const round = await tx.need("round", input.id);
  requireState(tx, "round", round);
  if (tx.day < round.opensOn) throw new RuleError("too_early", { day: round.opensOn });
  const phase = await phaseOf(tx, round.id);
  requireNotOver(tx, phase);
  const latest = addDays(phase.lastDay, -(round.votingDays ?? 0));
  if (dayOfOpening(tx, phase) > latest) throw new RuleError("too_late", { day: latest });
  await requireNoInterestInRound(tx, round);
  const placed = placedOf(phase);
  if (placed < round.projects.length) {
    throw new RuleError("ballot_incomplete", { placed, projects: round.projects.length });
  }
  setPhase(tx, { ...round, draw: drawn(tx, round, input.reveal) }, phase, "open");
  return undefined;
};

/**
 * Ends the vote, not before the frozen instant by the endorser's clock; of sealed ballots, once they need no longer be
 * recorded. Votes still in flight fail on the phase key.
 */
export const close: Handler<"rounds:close"> = async (tx, input) => {
  const round = await tx.need("round", input.id);
  requireState(tx, "round", round);
  const phase = await phaseOf(tx, round.id);
  const instant = phase.sealed?.endsAt ?? round.closesAt;
  if (tx.circumstances.now < instantMs(instant)) throw new RuleError("too_early", { instant });
  setPhase(tx, round, phase, "closed");
  return undefined;
};

/** Ends a round that is not final, without a result: its proposals are admitted again and wait for another one. */
export const annul: Handler<"rounds:annul"> = async (tx, input) => {
  const round = await tx.need("round", input.id);
  requireState(tx, "round", round);
  await requireNoInterestInRound(tx, round);
  const phase = await phaseOf(tx, round.id);
  const placed = await releaseNext(tx, round, placedOf(phase));
  const annulled = { ...round, act: input.act, reasonDigest: input.reasonDigest };
  setPhase(tx, annulled, { ...phase, placed }, "annulled");
  return undefined;
};

/** Takes the next proposals of an annulled long ballot off it. */
export const release: Handler<"rounds:release"> = async (tx, input) => {
  const round = await tx.need("round", input.id);
  requireState(tx, "round", round);
  const phase = await phaseOf(tx, round.id);
  if (placedOf(phase) === 0) throw new RuleError("not_found", { type: "project", id: round.id });
  const placed = await releaseNext(tx, round, placedOf(phase));
  tx.putInternal("phase", [round.id], { ...phase, placed });
  return undefined;
};

/**
 * The frozen end of a vote binds whoever endorses, whether or not anybody has closed the round or advanced the day.
 * In a trial, whose story may be told in past days, the clock binds from the day on which the chain has caught up.
 *
 * @throws {RuleError} `too_late`
 */
export function requireNotOver(tx: Tx, phase: Phase): void {
  if (isOver(tx, phase)) throw new RuleError("too_late", { day: phase.lastDay });
}

/** Whether the instant until which ballots are taken has come. */
export function isOver(tx: Tx, { lastDay, closesAt, trial }: Phase): boolean {
  if (tx.day > lastDay) return true;
  const isPresent = !trial || tx.day === legalDay(tx.circumstances.now);
  return isPresent && closesAt !== undefined && tx.circumstances.now >= instantMs(closesAt);
}

/** @throws {RuleError} `not_found` */
export async function phaseOf(tx: Tx, round: string): Promise<Phase> {
  const phase = await tx.getInternal("phase", round);
  if (!phase) throw new RuleError("not_found", { type: "round", id: round });
  return phase;
}

function setPhase(tx: Tx, round: Round, phase: Phase, state: Exclude<Phase["state"], "frozen">): void {
  tx.putInternal("phase", [round.id], { ...phase, state });
  tx.put("round", [round.id], { ...round, state });
}

/** The day on which a round is opened: the chain's, or the endorser's where the chain's lags behind it. */
function dayOfOpening(tx: Tx, { trial }: Phase): string {
  const today = legalDay(tx.circumstances.now);
  return !trial && today > tx.day ? today : tx.day;
}

/** The draw with its seed; a round frozen by an earlier version has none. @throws {RuleError} `draw_missing` or `draw_differs` */
function drawn(tx: Tx, { draw, frozenDigest }: Round, reveal: string | undefined): Round["draw"] {
  if (!draw) return undefined;
  if (draw.contribution === undefined) throw new RuleError("draw_missing");
  const { sha256 } = tx.circumstances.checks;
  if (reveal === undefined || sha256(reveal) !== draw.commitment) throw new RuleError("draw_differs");
  return { ...draw, seed: sha256(drawText(frozenDigest, reveal, draw.contribution)) };
}

/** @throws {RuleError} `objection_term_short` or `voting_too_short` by the municipality's settings */
function requireTerms(
  { objectionDays, opensOn }: Pick<InputOf<"rounds:freeze">, "objectionDays" | "opensOn">,
  lastDay: string,
  settings: RecordOf<"municipality">["settings"],
): void {
  if (objectionDays < settings.objectionDays) {
    throw new RuleError("objection_term_short", { days: settings.objectionDays });
  }
  if (addDays(opensOn, settings.votingDays) > lastDay) {
    throw new RuleError("voting_too_short", { days: settings.votingDays });
  }
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
  const { type, least, most, mostCents, points, groups = [] } = ballot;
  if (type === "choice" && (most !== 1 || least > 1)) invalid("ballot.most");
  if ((mostCents !== undefined) !== (type === "knapsack")) invalid("ballot.mostCents");
  if ((points !== undefined) !== (type === "points")) invalid("ballot.points");
  // Everybody can give the least number of choices: each takes a point, and the cheapest fit together.
  if (points && (points.each > points.total || least > points.total)) invalid("ballot.points");
  const costs = projects.map(({ costCents }) => costCents).sort((a, b) => a - b);
  if (mostCents !== undefined && costs.slice(0, Math.max(least, 1)).reduce((a, b) => a + b, 0) > mostCents) {
    invalid("ballot.mostCents");
  }
  const grouped = groups.flatMap(({ numbers }) => numbers);
  requireUnique(grouped, "ballot.groups");
  if (grouped.some((number) => number > projects.length)) invalid("ballot.groups");
  const free = projects.length - grouped.length;
  const reachable = groups.reduce((sum, group) => sum + Math.min(group.most, group.numbers.length), free);
  if (reachable < least) invalid("ballot.groups");
}

/** What the phase keeps of limits beside least and most, and of costs where they limit a ballot. */
function limitsOf({ ballot, projects }: Pick<Round, "ballot" | "projects">): Pick<Phase, "limits"> {
  const { least: _, most: __, ...limits } = ballot;
  // As the phases of earlier versions: one choice is an approval of at most one.
  if ((limits.type === "choice" || limits.type === "approval") && !limits.groups) return {};
  if (limits.type !== "knapsack") return { limits };
  const costs = [...projects].sort((a, b) => a.number - b.number).map(({ costCents }) => costCents);
  return { limits: { ...limits, costs } };
}
