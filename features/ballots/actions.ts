"use server";

import { type RoundView, roundById } from "@/features/rounds/queries";
import { formAction } from "@/lib/action-client";
import { InvalidInputError, NotFoundError } from "@/lib/errors";
import { deskOf } from "./desk-service";
import { holdChoices } from "./in-hand";
import { choosingProblem, givenOf } from "./rules";
import { ballotSchema, choosingSchema } from "./schema";
import { castBallot } from "./service";

/** Keeps what is chosen so far in the voter's browser and leads to what they asked for. Nothing is given yet. */
export const choose = formAction({
  name: "choose",
  permission: "own:write",
  schema: choosingSchema,
  // What somebody would vote stays on their own device until they vote.
  keptForSignIn: false,
  run: async (
    { round: id, choices: marks, next, order, district, left, right },
    { municipality, viewer },
  ) => {
    const { istatCode, slug } = municipality;
    const round = await roundById(istatCode, id);
    if (!round) throw new NotFoundError("round_not_found");
    const given = givenOf(round.record.ballot.type, marks);
    if (!given) throw new InvalidInputError({ choices: "same_place" }, "same_place");
    await holdChoices({ municipality: istatCode, person: viewer.id }, id, given);
    const here = { municipality: slug, round: round.slug };
    if (typeof next === "number") return { redirectTo: commonsOf(round, next, slug) };
    switch (next) {
      case "arrange":
        return {
          redirectTo: {
            pathname: "/[municipality]/rounds/[round]/vote",
            params: here,
            query: { ordine: order, ...(district && { zona: district }) },
          },
        };
      case "compare":
        if (!left || !right || left === right)
          throw new InvalidInputError({ right: "compare_two" }, "compare_two");
        return {
          redirectTo: {
            pathname: "/[municipality]/rounds/[round]/compare",
            params: here,
            query: { primo: left, secondo: right },
          },
        };
      case "review": {
        const problem = choosingProblem(round.record, given);
        if (problem) throw new InvalidInputError({ choices: problem.code }, problem.code, problem.params);
        return { redirectTo: { pathname: "/[municipality]/rounds/[round]/vote/review", params: here } };
      }
    }
  },
});

export const cast = formAction({
  name: "cast",
  permission: "ballots:request",
  schema: ballotSchema,
  keptForSignIn: false,
  run: async ({ round: id, command, choices: marks }, { municipality, viewer }) => {
    const { istatCode, slug } = municipality;
    const round = await roundById(istatCode, id);
    if (!round) throw new NotFoundError("round_not_found");
    if (marks.length === 0) throw new InvalidInputError({ choices: "no_choice" }, "no_choice");
    const given = givenOf(round.record.ballot.type, marks);
    if (!given) throw new InvalidInputError({ choices: "same_place" }, "same_place");
    await castBallot({ municipality: istatCode, person: viewer.id }, id, given, deskOf(istatCode), command);
    return {
      redirectTo: {
        pathname: "/[municipality]/rounds/[round]/receipt",
        params: { municipality: slug, round: round.slug },
      },
    };
  },
});

/** The page of a project's commons, which leads back to the ballot. */
function commonsOf({ slug, projectViews }: RoundView, number: number, municipality: string) {
  const project = projectViews.find((one) => one.number === number);
  if (!project?.commonsSlug) throw new NotFoundError("round_not_found");
  return {
    pathname: "/[municipality]/commons/[commons]" as const,
    params: { municipality, commons: project.commonsSlug },
    query: { scheda: slug },
  };
}
