import "server-only";
import { hasDistrictCouncils } from "@/features/register/queries";
import { db } from "@/lib/db";
import { addDays } from "@/protocol/days";
import type { RecordOf } from "@/protocol/records";
import type { TransactionName } from "@/protocol/transactions";
import { daysOf } from "@/protocol/workflow/terms";
import { type Duty, officeKeys, openSteps, statesAwaiting, termOf } from "./duties";
import { placesOf, representativesOf } from "./duty-places-queries";
import { daysOfTransactions } from "./scene-queries";

/** Days before the end of a pact from which its renewal waits for the coordinators. */
const RENEWAL_DAYS = 60;

/** The daily service says that a pact has ended. */
const byItself: readonly TransactionName[] = ["pacts:expire"];

/** Steps that pacts wait for. */
export async function pactsDuties(municipality: string, day: string): Promise<Duty[]> {
  const rows = await db.chainPact.findMany({
    where: { municipality, state: { in: statesAwaiting("pact") } },
  });
  if (rows.length === 0) return [];
  const records = rows.map(({ record }) => record as unknown as RecordOf<"pact">);
  const [words, placeOf, hasDistricts, sinceOf, representativeOf] = await Promise.all([
    db.pact.findMany({
      where: { municipality, id: { in: rows.map(({ id }) => id) } },
      select: { id: true, slug: true, title: true },
    }),
    placesOf(
      municipality,
      rows.map(({ commons }) => commons),
    ),
    hasDistrictCouncils(municipality),
    daysOfTransactions(municipality, rows),
    representativesOf(
      municipality,
      records.flatMap(({ parties }) => parties.flatMap(({ subject }) => subject ?? [])),
    ),
  ]);
  const texts = new Map(words.map((text) => [text.id, text]));
  const ofProposals = await db.chainProposal.findMany({
    where: { municipality, id: { in: rows.map(({ proposal }) => proposal) } },
    select: { id: true, pact: true },
  });
  const standing = new Set(ofProposals.map(({ pact }) => pact));
  return rows.flatMap((row): Duty[] => {
    const text = texts.get(row.id);
    if (!text) return [];
    const record = row.record as unknown as RecordOf<"pact">;
    const { parties, signatures } = record;
    const open = parties.filter(({ id }) => !signatures.some(({ party }) => party === id));
    const isReady: Partial<Record<TransactionName, boolean>> = {
      "pacts:approveGiunta": !hasDistricts,
      "pacts:sign": open.length > 0,
      "pacts:recordSafetyBriefing": !row.briefedOn,
      "pacts:recordInsurance": !row.insuredUntil,
      "pacts:activate": Boolean(row.briefedOn && row.insuredUntil),
    };
    const place = placeOf(row.commons);
    const audiences: Partial<Record<TransactionName, string[]>> = {
      "pacts:approveDistrict": officeKeys("pacts:approveDistrict", { district: place.district }),
      "pacts:sign": [
        ...officeKeys("pacts:sign", {
          organisations: open.flatMap(({ organisation }) => organisation ?? []),
        }),
        ...open.flatMap(({ subject }) => representativeOf(subject)),
      ],
    };
    // Whether it goes on is thought of before it ends, while nobody is writing the pact that follows.
    const isToRenew =
      row.state === "active" &&
      standing.has(row.id) &&
      day <= row.endsOn &&
      row.endsOn <= addDays(day, RENEWAL_DAYS);
    const renewal: Duty[] = isToRenew
      ? [
          {
            ...{ transaction: "pacts:draft", id: row.id, title: text.title, since: sinceOf(row) },
            ...{ kind: "pact", ...place, place: { page: "coDesign", id: row.proposal } },
            ...{ audience: officeKeys("pacts:draft"), barred: [], dueOn: row.endsOn, term: "pact_end" },
          },
        ]
      : [];
    const steps: Duty[] = openSteps("pact", { pact: row.state }, daysOf.pact(row), day, { pact: record })
      .filter(({ transaction }) => !byItself.includes(transaction) && (isReady[transaction] ?? true))
      .map(({ transaction, barred, ...term }) => ({
        ...{ transaction, id: row.id, title: text.title, since: sinceOf(row), kind: "pact", ...place },
        place: { page: "pact", slug: text.slug },
        audience: audiences[transaction] ?? officeKeys(transaction),
        barred:
          transaction === "pacts:sign" ? [...barred, ...signatures.map(({ person }) => person)] : barred,
        ...termOf(term),
      }));
    return [...steps, ...renewal];
  });
}
