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
import { type BallotForm, ballotForm } from "@/voting/ballots/content";
import { standingBallots } from "@/voting/ballots/kind";

export type Count = {
  outcome: Outcome;
  allocation: AllocationOutcome;
  instance: Instance;
  /** Void ballots by their key, with the code of the reason. */
  voided: { key: string; code: string }[];
};

type FrozenRules = Pick<RecordOf<"round">, "projects" | "budgetCents" | "ballot" | "rule" | "draw">;
type CastBallot = Pick<RecordOf<"ballot">, "key" | "seq" | "choices">;

/** Counts a round by the rule it was frozen with. Project ids are the numbers on the ballot. */
export function countRound(round: FrozenRules, cast: readonly CastBallot[]): Count {
  const projects = round.projects.map(({ number, costCents }) => ({
    id: String(number),
    cost: BigInt(costCents),
  }));
  const standing = ballotsStanding(round, cast);
  const { instance, void: broken } = roundInstance({
    budget: BigInt(round.budgetCents),
    projects,
    form: formOf(round),
    ballots: standing.map(({ content }) => content),
    tieOrder: tieOrderOf(round),
  });
  const allocation = allocate(instance, ruleOf(round.rule));
  const { votes } = tallyBallots(instance);
  const counted = {
    selected: allocation.selected.map(Number),
    votes: round.projects.map(({ number }, index) => ({ number, votes: Number(votes[index] ?? 0n) })),
    ballots: instance.profile.voters,
    void: broken.length,
    costCents: Number(allocation.cost),
  };
  const digest = sha256(outcomeText(counted));
  const voided = broken.map(({ ballot, reason }) => ({
    key: standing[ballot]?.key ?? "",
    code: reason.code,
  }));
  return { outcome: { ...counted, digest }, allocation, instance, voided };
}

/** The ballots that stand, in the order of their keys. */
export function ballotsStanding(round: Pick<FrozenRules, "ballot">, cast: readonly CastBallot[]) {
  const { type } = round.ballot;
  return standingBallots(
    cast.map(({ key, seq, choices }) => ({
      kind: "open" as const,
      key,
      seq,
      content: { type, choices: choices.map(String) },
    })),
  );
}

export function formOf({ ballot: { type, least, most } }: Pick<FrozenRules, "ballot">): BallotForm {
  return ballotForm(type, { minChoices: least, maxChoices: most });
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
