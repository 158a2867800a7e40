import "server-only";
import { callsToVote } from "@/features/rounds/queries";
import { settingsProposal } from "@/features/settings/queries";
import { db } from "@/lib/db";
import { organisations } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { allows, awaitedIn, statesFor } from "@/protocol/workflow/table";
import { type Duty, type OpenStep, officeKeys, termOf } from "./duties";
import { roundSteps } from "./rules";
import { daysOfTransactions } from "./scene-queries";

/** Steps that votes wait for, and calls whose proposals have no vote yet. */
export async function roundsDuties(municipality: string, day: string): Promise<Duty[]> {
  const [rows, words, undecided, objections] = await Promise.all([
    db.chainRound.findMany({ where: { municipality } }),
    db.round.findMany({ where: { municipality }, select: { id: true, title: true } }),
    db.chainProposal.findMany({
      where: { municipality, state: { in: statesFor("proposals:reserve", "proposal") } },
      select: { round: true },
    }),
    db.chainObjection.findMany({
      where: { municipality, upheld: null },
      select: { round: true, record: true },
    }),
  ]);
  const sinceOf = await daysOfTransactions(municipality, rows);
  const items = rows.flatMap((row): Duty[] => {
    const record = row.record as unknown as RecordOf<"round">;
    const waiting = objections.filter(({ round }) => round === row.id);
    const ofThisCount = waiting.filter(
      ({ record: of }) => (of as { count?: number }).count === record.counts,
    );
    const missing = organisations.filter(
      (organisation) => !record.attestations.some((attestation) => attestation.organisation === organisation),
    );
    const steps: (Pick<OpenStep, "transaction"> & Partial<OpenStep>)[] = [
      ...roundSteps({ ...row, openObjections: ofThisCount.length }, day),
      ...(waiting.length > 0 ? awaitedIn("objection", "raised").map((transaction) => ({ transaction })) : []),
      ...(undecided.some(({ round }) => round === row.id) && allows("proposals:fund", { round: row.state })
        ? [{ transaction: "proposals:fund" as const }]
        : []),
    ];
    return steps.map(({ transaction, due, term }) => ({
      ...{ transaction, id: row.id, title: words.find(({ id }) => id === row.id)?.title ?? "" },
      ...{ since: sinceOf(row), place: { page: "round", id: row.id }, kind: "round", barred: [] },
      audience: officeKeys(transaction, transaction === "rounds:attest" ? { organisations: missing } : {}),
      ...(transaction === "rounds:close" && { startsAt: row.closesAt }),
      ...termOf({ due, term }),
    }));
  });
  return [...items, ...(await callsWithoutRound(municipality))];
}

async function callsWithoutRound(municipality: string): Promise<Duty[]> {
  const [calls, admitted] = await Promise.all([
    callsToVote(municipality),
    db.chainProposal.findMany({
      where: { municipality, state: { in: statesFor("rounds:freeze", "proposal") } },
      select: { call: true, transactionId: true },
    }),
  ]);
  const sinceOf = await daysOfTransactions(municipality, admitted);
  return calls.map(({ id, title }) => {
    const days = admitted.flatMap((row) => (row.call === id ? sinceOf(row) : []));
    return {
      ...{ transaction: "rounds:freeze", id, title, since: days.sort()[0] ?? "", kind: "call" },
      ...{ place: { page: "newRound", call: id }, audience: officeKeys("rounds:freeze"), barred: [] },
    };
  });
}

/** Settings that were proposed wait for somebody else, of another organisation. */
export async function settingsDuties(municipality: string): Promise<Duty[]> {
  const proposal = await settingsProposal(municipality);
  if (!proposal) return [];
  const [sinceOf, named] = await Promise.all([
    daysOfTransactions(municipality, [proposal]),
    db.municipality.findUnique({ where: { istatCode: municipality }, select: { name: true } }),
  ]);
  const transaction = "municipality:confirmSettings";
  const others = organisations.filter((organisation) => organisation !== proposal.organisation);
  return [
    {
      ...{ transaction, id: municipality, title: named?.name ?? "", kind: "municipality" },
      ...{ since: sinceOf(proposal), place: { page: "settings" }, barred: [proposal.person] },
      audience: officeKeys(transaction, { organisations: others }),
    },
  ];
}
