import "server-only";
import { pendingItems } from "@/ledger/client/outbox/pending";
import { db } from "@/lib/db";
import type { Viewer } from "@/lib/permissions";
import { askedFacts, type Facts } from "./rules";

export type PendingStep = {
  id: string;
  /** `contract:function`, the name of its sentence. */
  name: string;
  facts: Facts;
  status: "waiting" | "to_sign" | "failed";
  error: { code: string; params: Readonly<Record<string, string | number>> } | null;
};

/** Many and alike, or told elsewhere on the page. */
const untold = ["proposals:adhere", "proposals:withdrawAdhesion", "rounds:cast", "rounds:admit"];

/**
 * Steps of a commons that are not on the ledger yet. A refusal is told only to the person it was told to.
 */
export async function pendingOn(
  municipality: string,
  commons: string,
  viewer: Viewer | undefined,
): Promise<PendingStep[]> {
  const where = { municipality, commons };
  const select = { id: true } as const;
  const [proposals, pacts, commitments, milestones, payments, reports, own, rounds] = await Promise.all([
    db.proposal.findMany({ where, select }),
    db.pact.findMany({ where, select }),
    db.chainCommitment.findMany({ where, select }),
    db.chainMilestone.findMany({ where, select }),
    db.chainPayment.findMany({ where, select }),
    db.chainReport.findMany({ where, select }),
    viewer ? pendingItems(db, { municipality, person: viewer.id }) : [],
    db.chainProposal.findMany({ where, select: { round: true } }),
  ]);
  const about = new Set([
    `commons/${commons}`,
    ...proposals.map(({ id }) => `proposal/${id}`),
    ...pacts.map(({ id }) => `pact/${id}`),
    ...commitments.map(({ id }) => `commitment/${id}`),
    ...milestones.map(({ id }) => `milestone/${id}`),
    ...payments.map(({ id }) => `payment/${id}`),
    ...reports.map(({ id }) => `report/${id}`),
    ...rounds.flatMap(({ round }) => (round ? [`round/${round}`] : [])),
  ]);
  const items = await pendingItems(db, { municipality });
  const mine = new Set(own.map(({ id }) => id));
  return items
    .filter(
      ({ subject, transaction }) =>
        about.has(`${subject.type}/${subject.id}`) && !untold.includes(transaction),
    )
    .filter(({ id, status }) => status !== "failed" || mine.has(id))
    .map(({ id, transaction, input, status, error }) => ({
      id,
      name: transaction,
      facts: askedFacts(transaction, input),
      status,
      error: error ?? null,
    }));
}
