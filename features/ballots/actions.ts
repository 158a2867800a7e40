"use server";

import { roundSlug } from "@/features/rounds/queries";
import { formAction } from "@/lib/action-client";
import { InvalidInputError, NotFoundError } from "@/lib/errors";
import { deskOf } from "./desk-service";
import { ballotSchema } from "./schema";
import { castBallot } from "./service";

export const cast = formAction({
  name: "cast",
  permission: "ballots:request",
  schema: ballotSchema,
  // What somebody would vote stays on their own device until they vote.
  keptForSignIn: false,
  run: async ({ round, command, choices }, { municipality, viewer }) => {
    const { istatCode, slug } = municipality;
    const path = await roundSlug(istatCode, round);
    if (!path) throw new NotFoundError("round_not_found");
    if (choices.length === 0) throw new InvalidInputError({ choices: "no_choice" }, "no_choice");
    await castBallot(
      { municipality: istatCode, person: viewer.id },
      round,
      choices,
      deskOf(istatCode),
      command,
    );
    return {
      redirectTo: {
        pathname: "/[municipality]/rounds/[round]/receipt",
        params: { municipality: slug, round: path },
      },
    };
  },
});
