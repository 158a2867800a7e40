import "server-only";
import { db } from "@/lib/db";

export type PublishedLine = {
  name: string;
  technical: number;
  votes: number;
  votePoints: number;
  total: number;
  source: string;
};

/** What the papers published of each commons, best total first. */
export async function publishedLines(
  municipality: string,
  commons: readonly string[],
): Promise<PublishedLine[]> {
  const rows = await db.commons.findMany({ where: { municipality, id: { in: [...commons] } } });
  return rows
    .flatMap(({ name, facts, sources }) => {
      const { technicalScore, votes, publishedVotePoints, publishedTotal } = facts as Record<string, unknown>;
      if (typeof technicalScore !== "number" || typeof publishedTotal !== "number") return [];
      const [source = ""] = sources as string[];
      return [
        {
          ...{ name, technical: technicalScore, votes: Number(votes), total: publishedTotal, source },
          votePoints: Number(publishedVotePoints),
        },
      ];
    })
    .sort((a, b) => b.total - a.total);
}
