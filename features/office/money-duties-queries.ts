import "server-only";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import { isInTurn, openObjectionsTo } from "@/protocol/records/money";
import type { Settings } from "@/protocol/records/municipality";
import { daysOf } from "@/protocol/workflow/terms";
import { type Duty, isOwn, officeKeys, openSteps, statesAwaiting, termOf } from "./duties";
import { placesOf, representativesOf } from "./duty-places-queries";
import { daysOfTransactions } from "./scene-queries";

/** Steps that milestones, payments and reports wait for. */
export async function moneyDuties(municipality: string, day: string): Promise<Duty[]> {
  const [milestones, payments, reports, row] = await Promise.all([
    db.chainMilestone.findMany({ where: { municipality, state: { in: statesAwaiting("milestone") } } }),
    db.chainPayment.findMany({ where: { municipality, state: { in: statesAwaiting("payment") } } }),
    db.chainReport.findMany({ where: { municipality, submittedOn: null } }),
    db.chainMunicipality.findFirst({ where: { municipality } }),
  ]);
  const rows = [...milestones, ...payments, ...reports];
  if (rows.length === 0) return [];
  const settings = (row?.record as unknown as { settings: Settings } | undefined)?.settings;
  const [behind, placeOf, sinceOf] = await Promise.all([
    around(
      municipality,
      rows.map(({ commitment }) => commitment),
      milestones.map(({ id }) => id),
      payments.map(({ milestone }) => milestone),
    ),
    placesOf(
      municipality,
      rows.map(({ commons }) => commons),
    ),
    daysOfTransactions(municipality, rows),
  ]);
  const common = (of: { id: string; commons: string; commitment: string; transactionId: string }) => ({
    ...{ id: of.id, since: sinceOf(of), fictional: behind.isFictional(of.commitment) },
    ...placeOf(of.commons),
  });
  const ofMilestones = milestones.flatMap((row): Duty[] => {
    const pact = behind.pactOf(row.commitment);
    if (!pact) return [];
    const record = row.record as unknown as RecordOf<"milestone">;
    const days = daysOf.milestone(record, settings ?? { challengeDays: 0 });
    const { district } = placeOf(row.commons);
    const objectors = openObjectionsTo(record).map(({ person }) => person);
    const isObjectedTo = objectors.length > 0;
    const canRequest = row.requestedCents < row.acceptedCents;
    return openSteps("milestone", { milestone: row.state }, days, day, { milestone: record })
      .filter(({ transaction }) => transaction !== "payments:request" || canRequest)
      .filter(({ transaction }) => isInTurn(transaction, isObjectedTo))
      .map(({ transaction, barred, ...term }) => ({
        ...{ ...common(row), transaction, kind: "milestone", amountCents: row.amountCents },
        barred: transaction === "milestones:decideObjection" ? [...barred, ...objectors] : barred,
        title: `${pact.title} – ${row.number}. ${behind.titleOf(row.id)}`,
        place: { page: "pact", slug: pact.slug, milestone: row.id },
        audience: [
          ...officeKeys(transaction, transaction === "milestones:verify" ? { district } : {}),
          ...(isOwn(transaction) ? behind.beneficiaryOf(row.commitment) : []),
        ],
        ...termOf(term),
      }));
  });
  const ofPayments = payments.flatMap((row): Duty[] => {
    const pact = behind.pactOf(row.commitment);
    if (!pact) return [];
    const payment = row.record as unknown as RecordOf<"payment">;
    const milestone = behind.milestoneOf(row.milestone);
    const traces = { payment, ...(milestone && { milestone }), ...(settings && { settings }) };
    return openSteps("payment", { payment: row.state }, daysOf.payment(row), day, traces).map(
      ({ transaction, barred, ...term }) => ({
        ...{ ...common(row), transaction, barred, kind: "payment", amountCents: row.amountCents },
        title: `${pact.title} – ${behind.titleOf(row.milestone)}`,
        place: { page: "pact", slug: pact.slug, milestone: row.milestone },
        audience: officeKeys(transaction),
        ...termOf(term),
      }),
    );
  });
  const ofReports = reports.flatMap((row): Duty[] => {
    const pact = behind.pactOf(row.commitment);
    if (!pact) return [];
    return openSteps("report", { report: "owed" }, daysOf.report(row), day).map(
      ({ transaction, barred, ...term }) => ({
        ...{ ...common(row), transaction, barred, kind: "report", title: pact.title },
        place: { page: "pact", slug: pact.slug },
        audience: [
          ...officeKeys(transaction),
          ...(isOwn(transaction) ? behind.beneficiaryOf(row.commitment) : []),
        ],
        ...termOf(term),
      }),
    );
  });
  return [...ofMilestones, ...ofPayments, ...ofReports];
}

/** What milestones, payments and reports belong to, looked up once for all of them. */
async function around(
  municipality: string,
  ids: readonly string[],
  waitingMilestones: readonly string[],
  paidMilestones: readonly string[],
) {
  const commitments = await db.chainCommitment.findMany({
    where: { municipality, id: { in: [...new Set(ids)] } },
    select: { id: true, pact: true, fictional: true, beneficiary: true },
  });
  const [pacts, texts, milestones, representativeOf] = await Promise.all([
    db.pact.findMany({
      where: { municipality, id: { in: commitments.map(({ pact }) => pact) } },
      select: { id: true, slug: true, title: true },
    }),
    db.milestoneText.findMany({
      where: { municipality, id: { in: [...new Set([...waitingMilestones, ...paidMilestones])] } },
      select: { id: true, title: true },
    }),
    db.chainMilestone.findMany({
      where: { municipality, id: { in: [...new Set(paidMilestones)] } },
      select: { id: true, record: true },
    }),
    representativesOf(
      municipality,
      commitments.map(({ beneficiary }) => beneficiary),
    ),
  ]);
  const byId = <Row extends { id: string }>(rows: readonly Row[]) =>
    new Map(rows.map((row) => [row.id, row]));
  const [ofCommitment, ofPact] = [byId(commitments), byId(pacts)];
  const [ofText, ofMilestone] = [byId(texts), byId(milestones)];
  return {
    pactOf: (commitment: string) => ofPact.get(ofCommitment.get(commitment)?.pact ?? ""),
    isFictional: (commitment: string) => ofCommitment.get(commitment)?.fictional === true,
    beneficiaryOf: (commitment: string) => representativeOf(ofCommitment.get(commitment)?.beneficiary),
    titleOf: (milestone: string) => ofText.get(milestone)?.title ?? "",
    milestoneOf: (milestone: string) =>
      ofMilestone.get(milestone)?.record as unknown as RecordOf<"milestone"> | undefined,
  };
}
