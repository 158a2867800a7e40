import "server-only";
import { callsToVote, draftRounds } from "@/features/rounds/queries";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import type { TransactionName } from "@/protocol/transactions";
import { roundStep, type Waiting, type WaitingKind } from "./rules";
import { daysOf, officeFor, type Scene } from "./scene-queries";

const transactionOf: Partial<Record<WaitingKind, TransactionName>> = {
  openRound: "rounds:open",
  closeRound: "rounds:close",
  countRound: "rounds:count",
  attestRound: "rounds:attest",
  finaliseRound: "rounds:finalise",
};

/** Votes that wait for a step this person can take, and calls whose proposals have no vote yet. */
export async function roundsWaiting(scene: Scene): Promise<Waiting[]> {
  const { municipality, day } = scene;
  const rows = await db.chainRound.findMany({ where: { municipality } });
  const [words, undecided, objections, sinceOf] = await Promise.all([
    db.round.findMany({ where: { municipality }, select: { id: true, title: true } }),
    db.chainProposal.findMany({
      where: { municipality, state: "on_ballot" },
      select: { round: true },
    }),
    db.chainObjection.findMany({
      where: { municipality, upheld: null },
      select: { round: true, record: true },
    }),
    daysOf(municipality, rows),
  ]);
  const now = new Date();
  const items = rows.flatMap((row): Waiting[] => {
    const record = row.record as unknown as RecordOf<"round">;
    const steps: { kind: WaitingKind; dueOn?: string }[] = [];
    const waiting = objections.filter(({ round }) => round === row.id);
    const ofThisCount = waiting.filter(
      ({ record: of }) => (of as { count?: number }).count === record.counts,
    );
    const step = roundStep({ ...row, openObjections: ofThisCount.length }, day, now);
    const transaction = step && transactionOf[step.kind];
    const office = transaction && officeFor(scene, transaction);
    const hasAttested = record.attestations.some(({ organisation }) => organisation === office?.organisation);
    if (step && office && !(step.kind === "attestRound" && hasAttested)) steps.push(step);
    if (waiting.length > 0 && officeFor(scene, "rounds:decideObjection"))
      steps.push({ kind: "decideObjection" });
    const isUndecided = undecided.some(({ round }) => round === row.id);
    if (row.state === "final" && isUndecided && officeFor(scene, "proposals:fund"))
      steps.push({ kind: "decideProjects" });
    return steps.map(({ kind, dueOn }) => ({
      ...{ kind, id: row.id, title: words.find(({ id }) => id === row.id)?.title ?? "" },
      ...{ since: sinceOf(row), place: { page: "round", id: row.id } },
      ...(dueOn && { dueOn }),
    }));
  });
  return [...items, ...(await callsWithoutRound(scene))];
}

async function callsWithoutRound(scene: Scene): Promise<Waiting[]> {
  const { municipality } = scene;
  if (!officeFor(scene, "rounds:freeze")) return [];
  const [calls, drafts, admitted] = await Promise.all([
    callsToVote(municipality),
    draftRounds(municipality),
    db.chainProposal.findMany({ where: { municipality, state: "admitted" } }),
  ]);
  const sinceOf = await daysOf(municipality, admitted);
  return calls.map(({ id, title }) => {
    const days = admitted.flatMap((row) => (row.call === id ? sinceOf(row) : []));
    const draft = drafts.find(({ call }) => call === id);
    return {
      ...{ kind: "prepareRound" as const, id, title, since: days.sort()[0] ?? "" },
      place: draft ? { page: "round" as const, id: draft.id } : { page: "newRound" as const, call: id },
    };
  });
}
