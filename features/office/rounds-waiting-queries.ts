import "server-only";
import { callsToVote, draftRounds } from "@/features/rounds/queries";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import type { TransactionName } from "@/protocol/transactions";
import { allows, awaitedIn, statesFor } from "@/protocol/workflow/table";
import { roundSteps, type Waiting } from "./rules";
import { officeFor, type Scene } from "./scene";
import { daysOfTransactions } from "./scene-queries";

/** Votes that wait for a step this person can take, and calls whose proposals have no vote yet. */
export async function roundsWaiting(scene: Scene): Promise<Waiting[]> {
  const { municipality, day } = scene;
  const rows = await db.chainRound.findMany({ where: { municipality } });
  const [words, undecided, objections, sinceOf] = await Promise.all([
    db.round.findMany({ where: { municipality }, select: { id: true, title: true } }),
    db.chainProposal.findMany({
      where: { municipality, state: { in: statesFor("proposals:reserve", "proposal") } },
      select: { round: true },
    }),
    db.chainObjection.findMany({
      where: { municipality, upheld: null },
      select: { round: true, record: true },
    }),
    daysOfTransactions(municipality, rows),
  ]);
  const now = new Date();
  const items = rows.flatMap((row): Waiting[] => {
    const record = row.record as unknown as RecordOf<"round">;
    const waiting = objections.filter(({ round }) => round === row.id);
    const ofThisCount = waiting.filter(
      ({ record: of }) => (of as { count?: number }).count === record.counts,
    );
    const hasAttested = (organisation: string | undefined) =>
      record.attestations.some((attestation) => attestation.organisation === organisation);
    const steps: { transaction: TransactionName; due?: string | undefined }[] = [
      ...roundSteps({ ...row, openObjections: ofThisCount.length }, day, now),
      ...(waiting.length > 0 ? awaitedIn("objection", "raised").map((transaction) => ({ transaction })) : []),
      ...(undecided.some(({ round }) => round === row.id) && allows("proposals:fund", { round: row.state })
        ? [{ transaction: "proposals:fund" as const }]
        : []),
    ];
    return steps.flatMap(({ transaction, due }): Waiting[] => {
      const office = officeFor(scene, transaction);
      if (!office || (transaction === "rounds:attest" && hasAttested(office.organisation))) return [];
      return [
        {
          ...{ transaction, id: row.id, title: words.find(({ id }) => id === row.id)?.title ?? "" },
          ...{ since: sinceOf(row), place: { page: "round", id: row.id } },
          ...(due && { dueOn: due }),
        },
      ];
    });
  });
  return [...items, ...(await callsWithoutRound(scene))];
}

async function callsWithoutRound(scene: Scene): Promise<Waiting[]> {
  const { municipality } = scene;
  if (!officeFor(scene, "rounds:freeze")) return [];
  const [calls, drafts, admitted] = await Promise.all([
    callsToVote(municipality),
    draftRounds(municipality),
    db.chainProposal.findMany({
      where: { municipality, state: { in: statesFor("rounds:freeze", "proposal") } },
    }),
  ]);
  const sinceOf = await daysOfTransactions(municipality, admitted);
  return calls.map(({ id, title }) => {
    const days = admitted.flatMap((row) => (row.call === id ? sinceOf(row) : []));
    const draft = drafts.find(({ call }) => call === id);
    return {
      ...{ transaction: "rounds:freeze" as const, id, title, since: days.sort()[0] ?? "" },
      place: draft ? { page: "round" as const, id: draft.id } : { page: "newRound" as const, call: id },
    };
  });
}
