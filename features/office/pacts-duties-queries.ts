import "server-only";
import { hasDistrictCouncils } from "@/features/register/queries";
import type { ChainPact, ChainProposal, ChainSubject } from "@/generated/prisma/client";
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
  });
  const standing = new Set(ofProposals.map(({ pact }) => pact));
  // Whether it goes on is thought of before it ends, while nobody is writing the pact that follows.
  const toRenew = rows.filter(
    ({ id, state, endsOn }) =>
      state === "active" && standing.has(id) && day <= endsOn && endsOn <= addDays(day, RENEWAL_DAYS),
  );
  const interestedIn = await interestsIn(municipality, toRenew, ofProposals);
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
    const renewal: Duty[] = toRenew.includes(row)
      ? [
          {
            ...{ transaction: "pacts:draft", id: row.id, title: text.title, since: sinceOf(row) },
            ...{ kind: "pact", ...place, place: { page: "coDesign", id: row.proposal } },
            ...{ audience: officeKeys("pacts:draft"), dueOn: row.endsOn, term: "pact_end" },
            barred: interestedIn(row),
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

/** Who cannot draft a pact anew: whoever has an interest in its proposal, or in one of its parties. */
async function interestsIn(
  municipality: string,
  pacts: readonly ChainPact[],
  proposals: readonly ChainProposal[],
): Promise<(pact: ChainPact) => string[]> {
  if (pacts.length === 0) return () => [];
  const subjectsOf = ({ proposal, record }: ChainPact): string[] => [
    ...proposals.flatMap(({ id, subject }) => (id === proposal ? [subject] : [])),
    ...(record as unknown as RecordOf<"pact">).parties.flatMap(({ subject }) => subject ?? []),
  ];
  const [subjects, conflicts] = await Promise.all([
    db.chainSubject.findMany({ where: { municipality, id: { in: pacts.flatMap(subjectsOf) } } }),
    db.chainAssessment.findMany({
      where: { municipality, proposal: { in: pacts.map(({ proposal }) => proposal) }, conflict: true },
      select: { proposal: true, assessor: true },
    }),
  ]);
  return (pact) => {
    const own = new Set(subjectsOf(pact));
    return [
      ...proposals.filter(({ id }) => id === pact.proposal).flatMap(authorsOf),
      ...subjects.filter(({ id }) => own.has(id)).flatMap(peopleOf),
      ...conflicts.flatMap(({ proposal, assessor }) => (proposal === pact.proposal ? [assessor] : [])),
    ];
  };
}

function authorsOf({ representative, record }: ChainProposal): string[] {
  const { credits = [] } = record as unknown as Partial<RecordOf<"proposal">>;
  return [representative, ...credits];
}

/** Everybody who represents, represented or declared to belong to a subject. */
function peopleOf({ representative, record }: ChainSubject): string[] {
  const { formerRepresentatives = [], interested = [] } = record as unknown as Partial<RecordOf<"subject">>;
  return [...(representative ? [representative] : []), ...formerRepresentatives, ...interested];
}
