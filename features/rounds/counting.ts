/** From the ballots on the ledger to an outcome. Pure: the same ballots and rules give the same digest everywhere. */
import { createHash } from "node:crypto";
import { outcomeText } from "@/chaincode/src/protocol/digests";
import { drawnOrder } from "@/chaincode/src/protocol/draw";
import type { RecordOf } from "@/chaincode/src/protocol/records";
import type { Outcome } from "@/chaincode/src/protocol/records/rounds";
import { createInstance, type Instance } from "@/voting/allocation/instance";
import type { Outcome as AllocationOutcome } from "@/voting/allocation/outcome";
import { allocate, parseRule } from "@/voting/allocation/rule";
import { ballotForm } from "@/voting/ballots/content";
import { standingBallots } from "@/voting/ballots/kind";
import { projectList, validateBallot } from "@/voting/ballots/validate";

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
  const { type, least, most } = round.ballot;
  const projects = round.projects.map(({ number, costCents }) => ({
    id: String(number),
    cost: BigInt(costCents),
  }));
  const form = ballotForm(type, { minChoices: least, maxChoices: most });
  const list = projectList(projects);
  const standing = standingBallots(
    cast.map(({ key, seq, choices }) => ({
      kind: "open" as const,
      key,
      seq,
      content: { type, choices: choices.map(String) },
    })),
  );
  const voided: Count["voided"] = [];
  const ballots = standing.flatMap(({ key, content }) => {
    const checked = validateBallot(content, form, list);
    if (!checked.valid) {
      voided.push({ key, code: checked.reason.code });
      return [];
    }
    return [checked.ballot.projects.map((project) => ({ project, points: 1 }))];
  });
  const instance = createInstance({
    ...{ budget: BigInt(round.budgetCents), projects, ballots },
    tieOrder: tieOrderOf(round),
  });
  const allocation = allocate(instance, ruleOf(round.rule));
  const votes = new Map<number, number>();
  for (const ballot of ballots)
    for (const { project } of ballot) votes.set(project, (votes.get(project) ?? 0) + 1);
  const counted = {
    selected: allocation.selected.map(Number),
    votes: round.projects.map(({ number }, index) => ({ number, votes: votes.get(index) ?? 0 })),
    ballots: ballots.length,
    void: voided.length,
    costCents: Number(allocation.cost),
  };
  const digest = createHash("sha256").update(outcomeText(counted)).digest("hex");
  return { outcome: { ...counted, digest }, allocation, instance, voided };
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
