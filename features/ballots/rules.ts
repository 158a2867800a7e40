/** What somebody chooses on an open ballot, and what is wrong with it before it is sent. The chaincode judges it again. Pure. */
import type { ErrorCode, ErrorParams } from "@/protocol/errors";
import type { RecordOf } from "@/protocol/records";
import { contentOfNumbers } from "@/voting/ballots/content";
import { formOfFrozen, projectsOfFrozen } from "@/voting/ballots/frozen-form";
import { ballotRefusals } from "@/voting/ballots/refusals";
import { projectList, validateBallot } from "@/voting/ballots/validate";

/** Numbers on the ballot, on rankings from the most wanted down; on points ballots with the points of each. */
export type Given = { choices: number[]; points?: number[] | undefined };

/** A project as its form posts it: ticked, or with a place on rankings and with points on points ballots. */
export type Mark = { number: number; mark?: number | undefined };

export type BallotRulesOfRound = {
  ballot: RecordOf<"round">["ballot"];
  projects: readonly { number: number; costCents: number }[];
};

type Problem = { code: string; params: ErrorParams };

/** Undefined where two projects have one place. */
export function givenOf(
  type: BallotRulesOfRound["ballot"]["type"],
  marks: readonly Mark[],
): Given | undefined {
  switch (type) {
    case "approval":
    case "choice":
    case "knapsack":
      return { choices: marks.map(({ number }) => number) };
    case "ranking": {
      const placed = marks.filter(({ mark }) => mark !== undefined);
      if (new Set(placed.map(({ mark }) => mark)).size !== placed.length) return undefined;
      const inOrder = placed.sort((a, b) => (a.mark ?? 0) - (b.mark ?? 0));
      return { choices: inOrder.map(({ number }) => number) };
    }
    case "points": {
      const given = marks.filter(({ mark = 0 }) => mark > 0).sort((a, b) => a.number - b.number);
      return {
        choices: given.map(({ number }) => number),
        points: given.map(({ mark = 0 }) => mark),
      };
    }
  }
}

/** What a form posts for a ballot, so that `givenOf` gives it again. */
export function marksOf(type: BallotRulesOfRound["ballot"]["type"], { choices, points }: Given): string[] {
  return choices.map((number, index) => {
    if (type === "ranking") return `${number}:${index + 1}`;
    return type === "points" ? `${number}:${points?.[index] ?? 0}` : String(number);
  });
}

export function ballotProblem(
  { ballot, projects }: BallotRulesOfRound,
  { choices, points }: Given,
): { code: ErrorCode; params: ErrorParams } | undefined {
  const list = projectList(projectsOfFrozen(projects));
  const judged = validateBallot(contentOfNumbers(ballot.type, choices, points), formOfFrozen(ballot), list);
  if (judged.valid) return undefined;
  const { least, most } = ballot;
  const code = ballotRefusals[judged.reason.code];
  switch (code) {
    case "not_on_ballot":
      return { code, params: { number: Number(judged.reason.details.project) } };
    case "too_many_choices":
      return { code, params: { most } };
    case "too_few_choices":
      return { code, params: { least } };
    default:
      return { code, params: {} };
  }
}

/** The same said to whoever is still choosing: which limit, and by how much. */
export function choosingProblem(round: BallotRulesOfRound, given: Given): Problem | undefined {
  const { least, most } = round.ballot;
  const chosen = given.choices.length;
  const problem = ballotProblem(round, given);
  if (problem?.code === "too_many_choices")
    return { code: "choose_fewer", params: { chosen, most, over: chosen - most } };
  if (chosen === 0) return { code: "no_choice", params: {} };
  if (problem?.code === "too_few_choices")
    return { code: "choose_more", params: { chosen, least, missing: least - chosen } };
  return problem;
}
