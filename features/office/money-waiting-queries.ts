import "server-only";
import { ACCEPTANCE_DAYS, PAYMENT_DAYS, plusDays } from "@/features/funds/rules";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import { inTheirDistrict, paymentSteps, type Waiting } from "./rules";
import { daysOf, officeFor, officesFor, type Scene } from "./scene-queries";

/**
 * Milestones and payments that wait for a step this person can take. Who submitted or verified the work is left out
 * further on: the ledger would refuse them.
 */
export async function moneyWaiting(scene: Scene): Promise<Waiting[]> {
  const { municipality, viewer, day } = scene;
  const verifiers = officesFor(scene, "milestones:verify");
  const accepts = officeFor(scene, "milestones:accept");
  const [milestones, payments, settings] = await Promise.all([
    db.chainMilestone.findMany({
      where: { municipality, state: { in: ["evidence_submitted", "verified"] } },
    }),
    db.chainPayment.findMany({ where: { municipality, state: { in: Object.keys(paymentSteps) } } }),
    db.chainMunicipality.findFirst({ where: { municipality } }),
  ]);
  if (milestones.length + payments.length === 0) return [];
  const challengeDays = (settings?.record as unknown as RecordOf<"municipality"> | undefined)?.settings
    .challengeDays;
  const [behind, sinceOf] = await Promise.all([
    around(
      municipality,
      [...milestones, ...payments],
      payments.map(({ milestone }) => milestone),
    ),
    daysOf(municipality, [...milestones, ...payments]),
  ]);
  const ofMilestones = milestones.flatMap((row): Waiting[] => {
    const pact = behind.pactOf(row.commitment);
    if (!pact) return [];
    const { submittedBy, verifiedBy, acceptableFrom } = row.record as unknown as RecordOf<"milestone">;
    const item = {
      ...{ id: row.id, since: sinceOf(row) },
      place: { page: "pact" as const, slug: pact.slug, milestone: row.id },
      title: `${pact.title} – ${row.number}. ${behind.titleOf(row.id)}`,
    };
    if (row.state === "evidence_submitted")
      return inTheirDistrict(verifiers, behind.districtOf(row.commons)) && submittedBy?.person !== viewer.id
        ? [{ ...item, kind: "verifyMilestone" }]
        : [];
    const mayAccept = accepts && ![submittedBy?.person, verifiedBy?.person].includes(viewer.id);
    const verifiedOn = row.verifiedOn ?? day;
    if (!mayAccept || (acceptableFrom ?? plusDays(verifiedOn, challengeDays ?? 0)) > day) return [];
    return [{ ...item, kind: "acceptMilestone", dueOn: plusDays(verifiedOn, ACCEPTANCE_DAYS) }];
  });
  const ofPayments = payments.flatMap((row): Waiting[] => {
    const step = paymentSteps[row.state as keyof typeof paymentSteps];
    const pact = behind.pactOf(row.commitment);
    const record = row.record as unknown as RecordOf<"payment">;
    const earlier = [
      ...behind.actorsOf(row.milestone),
      record.requestedBy.person,
      ...(row.state === "ordered" ? [record.orderedBy?.person] : []),
    ];
    if (!pact || !officeFor(scene, step.transaction) || earlier.includes(viewer.id)) return [];
    return [
      {
        ...{ kind: step.kind, id: row.id, since: sinceOf(row) },
        title: `${pact.title} – ${behind.titleOf(row.milestone)}`,
        dueOn: plusDays(row.requestedOn, PAYMENT_DAYS),
        place: { page: "pact", slug: pact.slug, milestone: row.milestone },
      },
    ];
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
    select: { id: true, pact: true },
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
    districtOf: (place: string) => commons.find(({ id }) => id === place)?.district,
    titleOf: (milestone: string) => texts.find(({ id }) => id === milestone)?.title ?? "",
    actorsOf: (milestone: string) => {
      const row = milestones.find(({ id }) => id === milestone);
      const record = row?.record as unknown as RecordOf<"milestone"> | undefined;
      return [record?.submittedBy?.person, record?.verifiedBy?.person];
    },
  };
}
