import "server-only";
import { chainDay } from "@/features/calls/queries";
import { db } from "@/lib/db";
import type { Viewer } from "@/lib/permissions";
import type { RecordOf, RecordType } from "@/protocol/records";
import { type Awaited, awaitedOn, isOpen } from "@/protocol/workflow/awaited";
import { awaitedStates, type States, transactionNames, workflow } from "@/protocol/workflow/table";
import { daysOf, type TermDays } from "@/protocol/workflow/terms";
import { oldestFirst, type Waiting } from "./rules";
import { daysOfTransactions } from "./scene-queries";

/** Steps that somebody takes for a subject they represent: as who proposed, or as a party of its pact. */
const own = transactionNames.filter((name) => ["proponent", "parties"].includes(workflow[name].by ?? ""));

/** What waits for the subjects that a person represents, with the day it is counted by. */
export async function ownWaiting(
  municipality: string,
  viewer: Viewer,
): Promise<{ day: string; items: Waiting[] }> {
  const day = await chainDay(municipality);
  const subjects = await db.chainSubject.findMany({
    where: { municipality, representative: viewer.id },
    select: { id: true },
  });
  const ids = subjects.map(({ id }) => id);
  if (ids.length === 0) return { day, items: [] };
  const found = await Promise.all([
    ownProposals(municipality, ids, day),
    ownPacts(municipality, ids, day),
    ownMoney(municipality, ids, day),
  ]);
  return { day, items: oldestFirst(found.flat()) };
}

function ownSteps(record: RecordType, states: States, days: TermDays, day: string): Awaited[] {
  return awaitedOn(record, states, days, day).filter(
    (step) => own.includes(step.transaction) && isOpen(step, day),
  );
}

/** States of a record in which one of these steps is waited for. */
const statesOf = (record: RecordType) => own.flatMap((name) => awaitedStates(name, record));

async function ownProposals(municipality: string, subjects: string[], day: string): Promise<Waiting[]> {
  const rows = await db.chainProposal.findMany({
    where: { municipality, subject: { in: subjects }, state: { in: statesOf("proposal") } },
  });
  const [words, sinceOf] = await Promise.all([
    db.proposal.findMany({
      where: { municipality, id: { in: rows.map(({ id }) => id) } },
      select: { id: true, title: true },
    }),
    daysOfTransactions(municipality, rows),
  ]);
  return rows.flatMap((row) =>
    ownSteps("proposal", { proposal: row.state }, daysOf.proposal(row), day).map(
      ({ transaction, due }): Waiting => ({
        ...{ transaction, id: row.id, since: sinceOf(row) },
        title: words.find(({ id }) => id === row.id)?.title ?? "",
        place: { page: "draft", id: row.id },
        ...(due && { dueOn: due }),
      }),
    ),
  );
}

async function ownPacts(municipality: string, subjects: string[], day: string): Promise<Waiting[]> {
  const rows = await db.chainPact.findMany({
    where: { municipality, state: { in: statesOf("pact") } },
  });
  const toSign = rows.filter(({ record }) => {
    const { parties, signatures } = record as unknown as RecordOf<"pact">;
    return parties.some(
      ({ id, subject }) =>
        subject !== undefined && subjects.includes(subject) && !signatures.some(({ party }) => party === id),
    );
  });
  const [words, sinceOf] = await Promise.all([
    pactWords(
      municipality,
      toSign.map(({ id }) => id),
    ),
    daysOfTransactions(municipality, toSign),
  ]);
  return toSign.flatMap((row) => {
    const text = words.get(row.id);
    if (!text) return [];
    return ownSteps("pact", { pact: row.state }, daysOf.pact(row), day)
      .filter(({ transaction }) => transaction === "pacts:sign")
      .map(
        ({ transaction }): Waiting => ({
          ...{ transaction, id: row.id, title: text.title, since: sinceOf(row) },
          place: { page: "pact", slug: text.slug },
        }),
      );
  });
}

/** Evidence, requests and reports of what was committed for these subjects. */
async function ownMoney(municipality: string, subjects: string[], day: string): Promise<Waiting[]> {
  const commitments = await db.chainCommitment.findMany({
    where: { municipality, beneficiary: { in: subjects } },
    select: { id: true, pact: true },
  });
  const where = { municipality, commitment: { in: commitments.map(({ id }) => id) } };
  const [milestones, reports, texts, words] = await Promise.all([
    db.chainMilestone.findMany({ where: { ...where, state: { in: statesOf("milestone") } } }),
    db.chainReport.findMany({ where: { ...where, submittedOn: null } }),
    db.milestoneText.findMany({ where }),
    pactWords(
      municipality,
      commitments.map(({ pact }) => pact),
    ),
  ]);
  const sinceOf = await daysOfTransactions(municipality, [...milestones, ...reports]);
  const pactOf = (commitment: string) =>
    words.get(commitments.find(({ id }) => id === commitment)?.pact ?? "");
  const ofMilestones = milestones.flatMap((row) => {
    const pact = pactOf(row.commitment);
    if (!pact) return [];
    const title = texts.find(({ id }) => id === row.id)?.title ?? "";
    const days = daysOf.milestone(row, { challengeDays: 0 });
    return ownSteps("milestone", { milestone: row.state }, days, day)
      .filter(
        ({ transaction }) => transaction !== "payments:request" || row.requestedCents < row.acceptedCents,
      )
      .map(
        ({ transaction, due }): Waiting => ({
          ...{ transaction, id: row.id, title: `${pact.title} – ${row.number}. ${title}` },
          ...{ since: sinceOf(row), place: { page: "pact", slug: pact.slug, milestone: row.id } },
          ...(due && { dueOn: due }),
        }),
      );
  });
  const ofReports = reports.flatMap((row) => {
    const pact = pactOf(row.commitment);
    if (!pact) return [];
    return ownSteps("report", { report: "owed" }, daysOf.report(row), day).map(
      ({ transaction, due }): Waiting => ({
        ...{ transaction, id: row.id, title: pact.title, since: sinceOf(row) },
        place: { page: "pact", slug: pact.slug },
        ...(due && { dueOn: due }),
      }),
    );
  });
  return [...ofMilestones, ...ofReports];
}

async function pactWords(municipality: string, ids: string[]) {
  const rows = await db.pact.findMany({
    where: { municipality, id: { in: ids } },
    select: { id: true, slug: true, title: true },
  });
  return new Map(rows.map((row) => [row.id, row]));
}
