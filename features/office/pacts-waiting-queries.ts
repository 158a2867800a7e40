import "server-only";
import { hasDistrictCouncils } from "@/features/register/queries";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import type { TransactionName } from "@/protocol/transactions";
import { daysOf } from "@/protocol/workflow/terms";
import { inTheirDistrict, type Waiting } from "./rules";
import { officeSteps, officesFor, type Scene, statesWaiting } from "./scene";
import { daysOfTransactions } from "./scene-queries";

/** The daily service says that a pact has ended. */
const byItself: readonly TransactionName[] = ["pacts:expire"];

/** Pacts that wait for a step this person can take. */
export async function pactsWaiting(scene: Scene): Promise<Waiting[]> {
  const { municipality, viewer } = scene;
  const rows = await db.chainPact.findMany({
    where: { municipality, state: { in: statesWaiting(scene, "pact") } },
  });
  if (rows.length === 0) return [];
  const [words, places, hasDistricts, sinceOf] = await Promise.all([
    db.pact.findMany({
      where: { municipality, id: { in: rows.map(({ id }) => id) } },
      select: { id: true, slug: true, title: true },
    }),
    db.commons.findMany({
      where: { municipality, id: { in: rows.map(({ commons }) => commons) } },
      select: { id: true, district: true },
    }),
    hasDistrictCouncils(municipality),
    daysOfTransactions(municipality, rows),
  ]);
  const district = officesFor(scene, "pacts:approveDistrict");
  const signing = officesFor(scene, "pacts:sign");
  return rows.flatMap((row): Waiting[] => {
    const text = words.find(({ id }) => id === row.id);
    if (!text) return [];
    const record = row.record as unknown as RecordOf<"pact">;
    const { parties, signatures } = record;
    const place = places.find(({ id }) => id === row.commons);
    const open = parties.filter(({ id }) => !signatures.some(({ party }) => party === id));
    const isReady: Partial<Record<TransactionName, boolean>> = {
      "pacts:approveDistrict": inTheirDistrict(district, place?.district),
      "pacts:approveGiunta": !hasDistricts,
      "pacts:sign":
        !signatures.some(({ person }) => person === viewer.id) &&
        open.some(({ organisation }) => signing.some((held) => held.organisation === organisation)),
      "pacts:recordSafetyBriefing": !row.briefedOn,
      "pacts:recordInsurance": !row.insuredUntil,
      "pacts:activate": Boolean(row.briefedOn && row.insuredUntil),
    };
    return officeSteps(scene, "pact", { pact: row.state }, daysOf.pact(row), { pact: record })
      .filter(({ transaction }) => !byItself.includes(transaction) && (isReady[transaction] ?? true))
      .map(({ transaction }) => ({
        ...{ transaction, id: row.id, title: text.title, since: sinceOf(row) },
        place: { page: "pact", slug: text.slug },
      }));
  });
}
