import "server-only";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import { hasEnded, leftOver } from "./rules";

export type LeftView = {
  id: string;
  line: { name: string; year: number };
  pact: { slug: string; title: string };
  leftCents: bigint;
  fictional: boolean;
};

/** What one page lists; the rest comes up as these are carried over. */
const MOST = 100;

/** Commitments of years that are over of which something is left to carry over, those of the earliest year first. */
export async function leftOfPastYears(municipality: string, day: string): Promise<LeftView[]> {
  const lines = await db.chainBudgetLine.findMany({
    where: { municipality, year: { lt: Number(day.slice(0, 4)) } },
    select: { id: true, name: true, year: true },
  });
  if (lines.length === 0) return [];
  const commitments = await db.chainCommitment.findMany({
    where: {
      municipality,
      line: { in: lines.map(({ id }) => id) },
      amountCents: { gt: db.chainCommitment.fields.acceptedCents },
    },
    orderBy: [{ committedOn: "asc" }, { id: "asc" }],
  });
  const ofPacts = { municipality, id: { in: commitments.map(({ pact }) => pact) } };
  const [milestones, pacts, terms] = await Promise.all([
    db.chainMilestone.findMany({
      where: { municipality, commitment: { in: commitments.map(({ id }) => id) } },
      select: { commitment: true, record: true },
    }),
    db.pact.findMany({ where: ofPacts, select: { id: true, slug: true, title: true } }),
    db.chainPact.findMany({ where: ofPacts, select: { id: true, state: true, endsOn: true } }),
  ]);
  const milestonesOf = Map.groupBy(milestones, ({ commitment }) => commitment);
  const lineOf = new Map(lines.map((line) => [line.id, line]));
  const pactOf = new Map(pacts.map((pact) => [pact.id, pact]));
  const over = new Set(terms.filter((pact) => hasEnded(pact, day)).map(({ id }) => id));
  return commitments
    .flatMap(({ id, line: of, pact: under, record, fictional }): LeftView[] => {
      const [line, pact] = [lineOf.get(of), pactOf.get(under)];
      if (!line || !pact) return [];
      const own = (milestonesOf.get(id) ?? []).map((row) => row.record as unknown as RecordOf<"milestone">);
      const commitment = record as unknown as RecordOf<"commitment">;
      const left = leftOver(commitment, own, line.year, over.has(under)).amountCents;
      const { name, year } = line;
      const { slug, title } = pact;
      if (left === 0) return [];
      return [{ id, line: { name, year }, pact: { slug, title }, leftCents: BigInt(left), fictional }];
    })
    .sort((a, b) => a.line.year - b.line.year)
    .slice(0, MOST);
}
