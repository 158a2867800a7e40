import "server-only";
import { type Facts, stepFacts } from "@/features/commons/rules";
import { db } from "@/lib/db";

/** What a piece of news is about: one commons, or a vote with all its projects. */
export type Subject = { kind: "commons" | "round"; id: string; slug: string; name: string };

export type LatestStep = {
  transactionId: string;
  /** `contract:function`, the name of its sentence. */
  name: string;
  day: string;
  facts: Facts;
  about: Subject;
};

/** Many and alike: a city would be nothing but adhesions, points and ballots. */
const counted = [
  ...["proposals:adhere", "proposals:withdrawAdhesion", "proposals:score"],
  ...["rounds:cast", "rounds:admit"],
];

/**
 * The last things that happened in a municipality, the newest first. What follows itself about the same vote or the same
 * commons on one day is told once, by its newest step.
 */
export async function latestSteps(municipality: string, most: number): Promise<LatestStep[]> {
  // Only the end of the chain is looked at; a step is about as often as a ballot is not.
  const transactions = await db.chainTransaction.findMany({
    where: { municipality, code: 0, name: { notIn: counted } },
    orderBy: [{ block: "desc" }, { index: "desc" }],
    take: most * 30,
  });
  const blocks = { in: transactions.map(({ block }) => block) };
  const [steps, rounds] = await Promise.all([
    db.chainStep.findMany({ where: { municipality, block: blocks } }),
    db.chainEntry.findMany({ where: { municipality, block: blocks, type: "round" } }),
  ]);
  const [commons, votes] = await Promise.all([
    db.commons.findMany({
      where: { municipality, id: { in: steps.map((step) => step.commons) }, publishedAt: { not: null } },
      select: { id: true, slug: true, name: true },
    }),
    db.round.findMany({
      where: { municipality, id: { in: rounds.map(({ record }) => idOf(record)) } },
      select: { id: true, slug: true, title: true },
    }),
  ]);
  const placesById = new Map(commons.map((one) => [one.id, one]));
  const votesById = new Map(votes.map((vote) => [vote.id, vote]));
  const placeAt = new Map(
    steps.flatMap((step) => {
      const place = placesById.get(step.commons);
      return place ? [[positionOf(step), place] as const] : [];
    }),
  );
  const voteAt = new Map(
    rounds.flatMap((entry) => {
      const vote = votesById.get(idOf(entry.record));
      return vote ? [[positionOf(entry), vote] as const] : [];
    }),
  );
  const subjectOf = (row: Place & { name: string | null }): Subject | undefined => {
    if (row.name?.startsWith("rounds:")) {
      const vote = voteAt.get(positionOf(row));
      return vote && { kind: "round", id: vote.id, slug: vote.slug, name: vote.title };
    }
    const place = placeAt.get(positionOf(row));
    return place && { kind: "commons", ...place };
  };
  const news = transactions
    .flatMap((row) => {
      const about = subjectOf(row);
      return about ? [{ row, about }] : [];
    })
    .filter(({ row, about }, index, all) => {
      const newer = all[index - 1];
      return newer?.about.id !== about.id || newer.row.day !== row.day;
    })
    .slice(0, most);
  const entries = await db.chainEntry.findMany({
    where: { municipality, block: { in: news.map(({ row }) => row.block) } },
    orderBy: { position: "asc" },
  });
  return news.map(({ row, about }) => {
    const records = entries
      .filter((entry) => isAt(entry, row))
      .map(({ type, record }) => ({ type, record: record as Record<string, unknown> }));
    return {
      ...{ transactionId: row.id, name: row.name ?? "", day: row.day ?? "" },
      ...{ facts: stepFacts(row.name ?? "", records, about.id), about },
    };
  });
}

type Place = { block: bigint; index: number };

function isAt(a: Place, b: Place): boolean {
  return a.block === b.block && a.index === b.index;
}

/** Of a transaction in the chain. */
function positionOf({ block, index }: Place): string {
  return `${block}/${index}`;
}

function idOf(record: unknown): string {
  return (record as { id?: string } | null)?.id ?? "";
}
