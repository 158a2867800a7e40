import "server-only";
import { db } from "@/lib/db";
import { type Facts, stepFacts } from "./rules";

export type LatestStep = {
  transactionId: string;
  /** `contract:function`, the name of its sentence. */
  name: string;
  day: string;
  facts: Facts;
  commons: { slug: string; name: string };
};

/** Many and alike: a city would be nothing but adhesions, points and ballots. */
const counted = [
  ...["proposals:adhere", "proposals:withdrawAdhesion", "proposals:score"],
  ...["rounds:cast", "rounds:admit"],
];

/** The last things that happened in a municipality, one for each transaction, the newest first. */
export async function latestSteps(municipality: string, most: number): Promise<LatestStep[]> {
  // Only the end of the chain is looked at; a step is about as often as a ballot is not.
  const transactions = await db.chainTransaction.findMany({
    where: { municipality, code: 0, name: { notIn: counted } },
    orderBy: [{ block: "desc" }, { index: "desc" }],
    take: most * 20,
  });
  const steps = await db.chainStep.findMany({
    where: { municipality, block: { in: transactions.map(({ block }) => block) } },
  });
  const places = await db.commons.findMany({
    where: { municipality, id: { in: steps.map(({ commons }) => commons) }, publishedAt: { not: null } },
    select: { id: true, slug: true, name: true },
  });
  const shown = transactions
    .flatMap((row) => {
      const step = steps.find(({ block, index }) => block === row.block && index === row.index);
      const commons = places.find(({ id }) => id === step?.commons);
      return commons ? [{ row, commons }] : [];
    })
    .slice(0, most);
  const entries = await db.chainEntry.findMany({
    where: { municipality, block: { in: shown.map(({ row }) => row.block) } },
    orderBy: { position: "asc" },
  });
  return shown.map(({ row, commons }) => {
    const records = entries
      .filter(({ block, index }) => block === row.block && index === row.index)
      .map(({ type, record }) => ({ type, record: record as Record<string, unknown> }));
    return {
      transactionId: row.id,
      name: row.name ?? "",
      day: row.day ?? "",
      facts: stepFacts(row.name ?? "", records, commons.id),
      commons: { slug: commons.slug, name: commons.name },
    };
  });
}
