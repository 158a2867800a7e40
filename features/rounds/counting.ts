/** From the ballots on the ledger to an outcome. Pure: the same ballots and rules give the same digest everywhere. */
import { createHash } from "node:crypto";
import { outcomeText } from "@/protocol/digests";
import { drawnOrder } from "@/protocol/draw";
import type { RecordOf } from "@/protocol/records";
import type { Outcome } from "@/protocol/records/rounds";
import type { Instance } from "@/voting/allocation/instance";
import type { Outcome as AllocationOutcome } from "@/voting/allocation/outcome";
import { roundInstance } from "@/voting/allocation/round";
import { allocate, parseRule } from "@/voting/allocation/rule";
import { tallyBallots } from "@/voting/allocation/tally";
import { type BallotContent, contentOfNumbers } from "@/voting/ballots/content";
import { formOfFrozen, projectsOfFrozen } from "@/voting/ballots/frozen-form";
import { standingBallots } from "@/voting/ballots/kind";

export type Count = {
  outcome: Outcome;
  allocation: AllocationOutcome;
  instance: Instance;
  /** Void ballots by their key, with the code of the reason. */
  voided: { key: string; code: string }[];
  /** What ballots within the limits say, in the order in which they were counted. */
  contents: BallotContent[];
  /** Project ids in the order drawn for equal ones; null where their numbers decide. */
  tieOrder: string[] | null;
};

type FrozenRules = Pick<RecordOf<"round">, "projects" | "budgetCents" | "ballot" | "rule" | "draw">;
type CastBallot = Pick<RecordOf<"ballot">, "key" | "seq" | "choices" | "points">;

/** Counts the open ballots of a round by the rule it was frozen with. */
export function countRound(round: FrozenRules, cast: readonly CastBallot[]): Count {
  return countBallots(round, ballotsStanding(round, cast), { tieOrder: tieOrderOf(round) });
}

export type CountedBallot = { key: string; content: BallotContent };

/** What a count needs to know beside the ballots: of sealed ones, those that do not open and those that are not opened. */
export type CountTerms = {
  tieOrder: string[] | null;
  lost?: readonly { key: string; code: string }[];
  unopened?: number;
};

/** Counts ballots that stand, open or opened. Project ids are the numbers on the ballot. */
export function countBallots(
  round: FrozenRules,
  standing: readonly CountedBallot[],
  { tieOrder, lost = [], unopened = 0 }: CountTerms,
): Count {
  const { instance, void: broken } = roundInstance({
    budget: BigInt(round.budgetCents),
    projects: projectsOfFrozen(round.projects),
    form: formOfFrozen(round.ballot),
    ballots: standing.map(({ content }) => content),
    tieOrder,
  });
  const allocation = allocate(instance, ruleOf(round.rule));
  const { votes } = tallyBallots(instance);
  const counted = {
    selected: allocation.selected.map(Number),
    votes: round.projects.map(({ number }, index) => ({ number, votes: Number(votes[index] ?? 0n) })),
    ballots: instance.profile.voters,
    void: broken.length + lost.length,
    ...(unopened > 0 ? { unopened } : {}),
    costCents: Number(allocation.cost),
  };
  const digest = sha256(outcomeText(counted));
  const overLimits = broken.map(({ ballot, reason }) => ({
    key: standing[ballot]?.key ?? "",
    code: reason.code,
  }));
  const voided = [...lost, ...overLimits];
  const isBroken = new Set(broken.map(({ ballot }) => ballot));
  const contents = standing.filter((_, index) => !isBroken.has(index)).map(({ content }) => content);
  return { outcome: { ...counted, digest }, allocation, instance, voided, contents, tieOrder };
}

/** The ballots that stand, in the order of their keys. */
export function ballotsStanding(round: Pick<FrozenRules, "ballot">, cast: readonly CastBallot[]) {
  const { type } = round.ballot;
  return standingBallots(
    cast.map(({ key, seq, choices, points }) => ({
      kind: "open" as const,
      key,
      seq,
      content: contentOfNumbers(type, choices, points),
    })),
  );
}

/** Project ids in the order drawn at opening; null for a round of the first version, whose numbers decide. */
export function tieOrderOf({ draw, projects }: Pick<FrozenRules, "draw" | "projects">): string[] | null {
  return draw?.seed === undefined ? null : drawnOrder(draw.seed, projects, sha256).map(String);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The rule inside its canonical text, which also names the version of the rules' code. */
export function ruleOf(text: string) {
  const { code: _, ...spec } = JSON.parse(text) as Record<string, unknown>;
  return parseRule(spec);
}
