/** What is wrong with a ballot before it is sent. The chaincode judges it again. Pure. */
import type { ErrorCode, ErrorParams } from "@/protocol/errors";

export type BallotRulesOfRound = {
  ballot: { least: number; most: number };
  projects: readonly { number: number }[];
};

export function ballotProblem(
  round: BallotRulesOfRound,
  choices: readonly number[],
): { code: ErrorCode; params: ErrorParams } | undefined {
  const { least, most } = round.ballot;
  const numbers = new Set(round.projects.map(({ number }) => number));
  const stranger = choices.find((number) => !numbers.has(number));
  if (stranger !== undefined) return { code: "not_on_ballot", params: { number: stranger } };
  if (new Set(choices).size !== choices.length) return { code: "repeated_choice", params: {} };
  if (choices.length > most) return { code: "too_many_choices", params: { most } };
  if (choices.length < least) return { code: "too_few_choices", params: { least } };
  return undefined;
}
