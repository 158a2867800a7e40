import "server-only";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import type { TransactionName } from "@/protocol/transactions";
import { workflow } from "@/protocol/workflow/table";
import { daysOf } from "@/protocol/workflow/terms";
import type { Waiting } from "./rules";
import { officeSteps, type Scene, statesWaiting } from "./scene";
import { daysOfTransactions } from "./scene-queries";

/** Told once for all proposals of a call or a round, among what waits of votes. */
const ofRounds: readonly TransactionName[] = ["rounds:freeze", "proposals:fund"];
const ofCoDesign: readonly TransactionName[] = [
  "proposals:startCoDesign",
  "proposals:readyForPact",
  "pacts:draft",
];

/** Proposals that wait for a step this person can take: from publication to the pact's first line. */
export async function proposalsWaiting(scene: Scene): Promise<Waiting[]> {
  const { municipality, viewer } = scene;
  const states = statesWaiting(scene, "proposal");
  if (states.length === 0) return [];
  const rows = await db.chainProposal.findMany({ where: { municipality, state: { in: states } } });
  const ids = rows.map(({ id }) => id);
  const [words, calls, assessments, reconstructed, sinceOf] = await Promise.all([
    db.proposal.findMany({ where: { municipality, id: { in: ids } }, select: { id: true, title: true } }),
    db.chainCall.findMany({ where: { municipality, id: { in: rows.map(({ call }) => call) } } }),
    db.chainAssessment.findMany({ where: { municipality, proposal: { in: ids } } }),
    db.chainRound.findMany({ where: { municipality, reconstruction: true }, select: { id: true } }),
    daysOfTransactions(municipality, rows),
  ]);
  return rows.flatMap((row): Waiting[] => {
    const call = calls.find(({ id }) => id === row.call);
    if (!call) return [];
    const given = assessments.filter(
      ({ proposal, version, conflict }) => proposal === row.id && (conflict || version === row.version),
    );
    const { credits } = row.record as unknown as RecordOf<"proposal">;
    const isOwn = row.representative === viewer.id || credits.includes(viewer.id);
    // What a vote of the past chose was carried out long ago: it is on the ledger to be looked at.
    const isPast = reconstructed.some(({ id }) => id === row.round);
    const isReady: Partial<Record<TransactionName, boolean>> = {
      "proposals:score": !given.some(({ assessor }) => assessor === viewer.id),
      "proposals:admit": given.filter(({ conflict }) => !conflict).length >= call.requiredScores,
      "proposals:startCoDesign": !isPast,
      "pacts:draft": row.pact === null,
    };
    const days = {
      ...daysOf.call(call.record as unknown as RecordOf<"call">),
      ...daysOf.proposal(row),
    };
    return officeSteps(scene, "proposal", { proposal: row.state }, days)
      .filter(({ transaction }) => !ofRounds.includes(transaction) && (isReady[transaction] ?? true))
      .filter(({ transaction }) => !(isOwn && workflow[transaction].disinterested))
      .map(({ transaction, due }) => ({
        ...{ transaction, id: row.id, since: sinceOf(row) },
        title: words.find(({ id }) => id === row.id)?.title ?? "",
        place: { page: ofCoDesign.includes(transaction) ? "coDesign" : "proposal", id: row.id },
        ...(due && { dueOn: due }),
      }));
  });
}
