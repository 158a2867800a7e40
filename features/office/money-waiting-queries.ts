import "server-only";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import type { Settings } from "@/protocol/records/municipality";
import { daysOf } from "@/protocol/workflow/terms";
import { inTheirDistrict, type Waiting } from "./rules";
import { officeSteps, officesFor, type Scene, statesWaiting } from "./scene";
import { daysOfTransactions } from "./scene-queries";

/**
 * Milestones and payments that wait for a step this person can take. Who took one of the steps that the table names is
 * left out further on: the ledger would refuse them.
 */
export async function moneyWaiting(scene: Scene): Promise<Waiting[]> {
  const { municipality } = scene;
  const [milestones, payments, row] = await Promise.all([
    db.chainMilestone.findMany({ where: { municipality, state: { in: statesWaiting(scene, "milestone") } } }),
    db.chainPayment.findMany({ where: { municipality, state: { in: statesWaiting(scene, "payment") } } }),
    db.chainMunicipality.findFirst({ where: { municipality } }),
  ]);
  if (milestones.length + payments.length === 0) return [];
  const settings = (row?.record as unknown as { settings: Settings } | undefined)?.settings;
  const [behind, sinceOf] = await Promise.all([
    around(
      municipality,
      [...milestones, ...payments],
      payments.map(({ milestone }) => milestone),
    ),
    daysOfTransactions(municipality, [...milestones, ...payments]),
  ]);
  const verifiers = officesFor(scene, "milestones:verify");
  const ofMilestones = milestones.flatMap((row): Waiting[] => {
    const pact = behind.pactOf(row.commitment);
    const record = row.record as unknown as RecordOf<"milestone">;
    if (!pact) return [];
    const days = daysOf.milestone(record, settings ?? { challengeDays: 0 });
    const isTheirs = inTheirDistrict(verifiers, behind.districtOf(row.commons));
    return officeSteps(scene, "milestone", { milestone: row.state }, days, { milestone: record })
      .filter(({ transaction }) => transaction !== "milestones:verify" || isTheirs)
      .map(({ transaction, due }) => ({
        ...{ transaction, id: row.id, since: sinceOf(row) },
        place: { page: "pact", slug: pact.slug, milestone: row.id },
        title: `${pact.title} – ${row.number}. ${behind.titleOf(row.id)}`,
        ...{ amountCents: row.amountCents, fictional: behind.isFictional(row.commitment) },
        ...(due && { dueOn: due }),
      }));
  });
  const ofPayments = payments.flatMap((row): Waiting[] => {
    const pact = behind.pactOf(row.commitment);
    const payment = row.record as unknown as RecordOf<"payment">;
    const milestone = behind.milestoneOf(row.milestone);
    if (!pact) return [];
    return officeSteps(scene, "payment", { payment: row.state }, daysOf.payment(row), {
      payment,
      ...(milestone && { milestone }),
    }).map(({ transaction, due }) => ({
      ...{ transaction, id: row.id, since: sinceOf(row) },
      title: `${pact.title} – ${behind.titleOf(row.milestone)}`,
      ...{ amountCents: row.amountCents, fictional: behind.isFictional(row.commitment) },
      place: { page: "pact", slug: pact.slug, milestone: row.milestone },
      ...(due && { dueOn: due }),
    }));
  });
  return [...ofMilestones, ...ofPayments];
}

/** What milestones and payments belong to, looked up once for all of them. */
async function around(
  municipality: string,
  rows: readonly { commitment: string; commons: string }[],
  paidMilestones: readonly string[],
) {
  const commitments = await db.chainCommitment.findMany({
    where: { municipality, id: { in: rows.map(({ commitment }) => commitment) } },
    select: { id: true, pact: true, fictional: true },
  });
  const [pacts, commons, texts, milestones] = await Promise.all([
    db.pact.findMany({
      where: { municipality, id: { in: commitments.map(({ pact }) => pact) } },
      select: { id: true, slug: true, title: true },
    }),
    db.commons.findMany({
      where: { municipality, id: { in: rows.map((row) => row.commons) } },
      select: { id: true, district: true },
    }),
    db.milestoneText.findMany({
      where: { municipality, commitment: { in: commitments.map(({ id }) => id) } },
    }),
    db.chainMilestone.findMany({ where: { municipality, id: { in: [...paidMilestones] } } }),
  ]);
  return {
    pactOf: (commitment: string) => {
      const pact = commitments.find(({ id }) => id === commitment)?.pact;
      return pacts.find(({ id }) => id === pact);
    },
    isFictional: (commitment: string) => commitments.find(({ id }) => id === commitment)?.fictional === true,
    districtOf: (place: string) => commons.find(({ id }) => id === place)?.district,
    titleOf: (milestone: string) => texts.find(({ id }) => id === milestone)?.title ?? "",
    milestoneOf: (milestone: string) =>
      milestones.find(({ id }) => id === milestone)?.record as unknown as RecordOf<"milestone"> | undefined,
  };
}
