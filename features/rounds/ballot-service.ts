/** The limits of a ballot, from a round's draft to what is frozen. */
import type { Round } from "@/generated/prisma/client";
import type { Database } from "@/lib/db";
import type { BallotRules, RoundProject } from "@/protocol/records/rounds";
import { type BallotDraft, groupsOf } from "./ballot-limits";

/** What freezing fixes of a draft's ballot; groups are those of the commons that its projects are about. */
export async function ballotOf(
  tx: Database,
  round: Round,
  projects: readonly (typeof RoundProject)["_output"][],
): Promise<BallotRules> {
  const { municipality, ballotType, least, most, mostCents, pointsEach, pointsTotal } = round;
  const type = ballotType as BallotRules["type"];
  const places = await tx.commons.findMany({
    where: { municipality, id: { in: projects.map(({ commons }) => commons) } },
    select: { id: true, district: true, kind: true },
  });
  const groups = groupsOf(
    round as BallotDraft,
    projects.map(({ number, commons }) => {
      const place = places.find(({ id }) => id === commons);
      return { number, district: place?.district ?? null, kind: place?.kind ?? null };
    }),
  );
  return {
    ...{ type, least, most },
    ...(type === "knapsack" && mostCents !== null ? { mostCents: Number(mostCents) } : {}),
    ...(type === "points" && pointsEach !== null && pointsTotal !== null
      ? { points: { each: pointsEach, total: pointsTotal } }
      : {}),
    ...(groups.length > 0 ? { groups } : {}),
  };
}
