import "server-only";
import { db } from "@/lib/db";
import { type FlowGraph, flowGraph, stillPlanned } from "./flows";
import { publishedName } from "./rules";

/** Commons that a picture can show one by one, and milestones of theirs; the rest of a large city are one node. */
const DRAWN = 12;
const MILESTONES = 36;

/** Where the committed money goes, followed to its payees for the commons that most was committed for. */
export async function flowsOf(municipality: string): Promise<FlowGraph> {
  const [lines, sums, counts] = await Promise.all([
    db.chainBudgetLine.findMany({
      where: { municipality },
      orderBy: [{ year: "desc" }, { fund: "asc" }, { name: "asc" }],
      select: { id: true, fund: true, name: true },
    }),
    db.chainCommitment.groupBy({
      by: ["line", "commons"],
      where: { municipality },
      _sum: { amountCents: true },
    }),
    db.chainMilestone.groupBy({ by: ["commons"], where: { municipality }, _count: true }),
  ]);
  const milestonesOf = new Map(counts.map(({ commons, _count }) => [commons, _count]));
  const amounts = new Map<string, bigint>();
  for (const { commons, _sum } of sums)
    amounts.set(commons, (amounts.get(commons) ?? 0n) + (_sum.amountCents ?? 0n));
  let left = MILESTONES;
  const drawn = [...amounts]
    .sort(([a, first], [b, second]) => (first === second ? (a < b ? -1 : 1) : first < second ? 1 : -1))
    .slice(0, DRAWN)
    .map(([commons]) => commons)
    .filter((commons, index) => {
      left -= milestonesOf.get(commons) ?? 0;
      return index === 0 || left >= 0;
    });
  const where = { municipality, commons: { in: drawn } };
  const [commitments, milestones, payments, commons] = await Promise.all([
    db.chainCommitment.findMany({ where, orderBy: { block: "asc" } }),
    db.chainMilestone.findMany({
      where,
      orderBy: [{ commitment: "asc" }, { number: "asc" }],
      select: {
        ...{ id: true, commitment: true, number: true },
        ...{ state: true, amountCents: true, acceptedCents: true },
      },
    }),
    db.chainPayment.groupBy({
      by: ["milestone", "payee"],
      where: { ...where, state: { notIn: ["returned", "refused"] } },
      _sum: { amountCents: true, recoveredCents: true },
      orderBy: [{ milestone: "asc" }, { payee: "asc" }],
    }),
    db.commons.findMany({ where: { municipality, id: { in: drawn } }, select: { id: true, name: true } }),
  ]);
  const subjects = await db.subject.findMany({
    where: { municipality, id: { in: [...new Set(payments.map(({ payee }) => payee))] } },
    select: { id: true, name: true, kind: true },
  });
  return flowGraph({
    ...{ lines, commitments },
    milestones: milestones.map((milestone) => ({ ...milestone, amountCents: stillPlanned(milestone) })),
    payments: payments.map(({ milestone, payee, _sum }) => ({
      ...{ milestone, payee, amountCents: (_sum.amountCents ?? 0n) - (_sum.recoveredCents ?? 0n) },
    })),
    others: sums
      .filter((row) => !drawn.includes(row.commons))
      .map(({ line, commons: id, _sum }) => ({ line, commons: id, amountCents: _sum.amountCents ?? 0n })),
    names: {
      commons: new Map(commons.map(({ id, name }) => [id, name])),
      subjects: new Map(subjects.map((subject) => [subject.id, publishedName(subject)])),
    },
  });
}
