import "server-only";
import { z } from "zod";
import { db } from "@/lib/db";
import { type PublishedLine, recount } from "./published-count";

const factsSchema = z.object({
  publishedVote: z.string(),
  technicalScore: z.number(),
  votes: z.int().nonnegative(),
  publishedTotal: z.number(),
  requestedEuro: z.number(),
  proponents: z.array(z.string()),
});

/** Rankings of votes held before Co-City, as they were published and counted again, by the name of the vote. */
export async function publishedVotes(municipality: string) {
  const rows = await db.commons.findMany({ where: { municipality }, orderBy: { id: "asc" } });
  const votes = new Map<string, { lines: PublishedLine[]; sources: Set<string> }>();
  for (const { name, slug, facts, sources } of rows) {
    const read = factsSchema.safeParse(facts);
    if (!read.success) continue;
    const { publishedVote, ...published } = read.data;
    const vote = votes.get(publishedVote) ?? { lines: [], sources: new Set() };
    vote.lines.push({ name, slug, ...published });
    for (const source of sources as string[]) vote.sources.add(source);
    votes.set(publishedVote, vote);
  }
  return [...votes].map(([name, { lines, sources }]) => ({
    ...{ name, sources: [...sources], lines: recount(lines) },
  }));
}

/** Whether there are any, for the link to them. */
export async function hasPublishedVotes(municipality: string): Promise<boolean> {
  return (await publishedVotes(municipality)).length > 0;
}
