import "server-only";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import type { TransactionName } from "@/protocol/transactions";
import { workflow } from "@/protocol/workflow/table";
import { daysOf } from "@/protocol/workflow/terms";
import { type Duty, isOwn, officeKeys, openSteps, personKey, statesAwaiting, termOf } from "./duties";
import { placesOf, representativesOf } from "./duty-places-queries";
import { daysOfTransactions } from "./scene-queries";

/** Told once for all proposals of a call or a round, among what waits of votes. */
const ofRounds: readonly TransactionName[] = ["rounds:freeze", "proposals:fund"];
const ofCoDesign: readonly TransactionName[] = [
  "proposals:startCoDesign",
  "proposals:readyForPact",
  "pacts:draft",
];

/** Steps that proposals wait for, from publication to the pact's first line. */
export async function proposalsDuties(municipality: string, day: string): Promise<Duty[]> {
  const rows = await db.chainProposal.findMany({
    where: { municipality, state: { in: statesAwaiting("proposal") } },
  });
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const [words, calls, assessments, reconstructed, sinceOf, placeOf, representativeOf] = await Promise.all([
    db.proposal.findMany({
      where: { municipality, id: { in: ids } },
      select: { id: true, title: true, coAuthors: { select: { person: true } } },
    }),
    db.chainCall.findMany({ where: { municipality, id: { in: rows.map(({ call }) => call) } } }),
    db.chainAssessment.findMany({ where: { municipality, proposal: { in: ids } } }),
    db.chainRound.findMany({ where: { municipality, reconstruction: true }, select: { id: true } }),
    daysOfTransactions(municipality, rows),
    placesOf(
      municipality,
      rows.map(({ commons }) => commons),
    ),
    representativesOf(
      municipality,
      rows.map(({ subject }) => subject),
    ),
  ]);
  const titles = new Map(words.map(({ id, title }) => [id, title]));
  const writers = new Map(words.map(({ id, coAuthors }) => [id, coAuthors.map(({ person }) => person)]));
  const past = new Set(reconstructed.map(({ id }) => id));
  const given = Map.groupBy(assessments, ({ proposal }) => proposal);
  return rows.flatMap((row): Duty[] => {
    const call = calls.find(({ id }) => id === row.call);
    if (!call) return [];
    const scores = (given.get(row.id) ?? []).filter(
      ({ version, conflict }) => conflict || version === row.version,
    );
    const { credits } = row.record as unknown as RecordOf<"proposal">;
    const coAuthors = writers.get(row.id) ?? [];
    // What a vote of the past chose was carried out long ago: it is on the ledger to be looked at.
    const isPast = past.has(row.round ?? "");
    const isReady: Partial<Record<TransactionName, boolean>> = {
      "proposals:admit": scores.filter(({ conflict }) => !conflict).length >= call.requiredScores,
      "proposals:startCoDesign": !isPast,
      "pacts:draft": row.pact === null,
    };
    const days = {
      ...daysOf.call(call.record as unknown as RecordOf<"call">),
      ...daysOf.proposal(row),
    };
    return openSteps("proposal", { proposal: row.state }, days, day)
      .filter(({ transaction }) => !ofRounds.includes(transaction) && (isReady[transaction] ?? true))
      .map(({ transaction, barred, ...term }) => ({
        ...{ transaction, id: row.id, since: sinceOf(row), kind: "proposal", ...placeOf(row.commons) },
        title: titles.get(row.id) ?? "",
        place: isOwn(transaction)
          ? { page: "draft", id: row.id }
          : { page: ofCoDesign.includes(transaction) ? "coDesign" : "proposal", id: row.id },
        audience: [
          ...officeKeys(transaction),
          ...(isOwn(transaction) ? [...representativeOf(row.subject), ...coAuthors.map(personKey)] : []),
        ],
        barred: [
          ...barred,
          ...(workflow[transaction].disinterested ? [row.representative, ...credits, ...coAuthors] : []),
          ...(transaction === "proposals:score" ? scores.map(({ assessor }) => assessor) : []),
        ],
        ...termOf(term),
      }));
  });
}
