/** Ways out for money that got stuck, and what an act allows beyond the vote; each told on the ledger with its reason. */

import { attachAct } from "@/features/documents/act-service";
import { attach } from "@/features/documents/service";
import { keepText } from "@/features/documents/text-service";
import { once, record } from "@/ledger/client/outbox/record";
import { type Database, db } from "@/lib/db";
import { ConflictError, NotFoundError } from "@/lib/errors";
import type { Act, Actor } from "@/protocol/primitives";
import type { TransactionName } from "@/protocol/transactions";
import { allows } from "@/protocol/workflow/table";

type ActValue = typeof Act._output;
type Uploaded = { id: string; hash: string };
/** An act of a form with its file, where there is one. */
type Authority = { act: ActValue; upload?: string };

/** Gives money back to its line: what no milestone plans, or what was accepted of one and never asked for. */
export async function releaseMoney(
  actor: Actor,
  commitment: string,
  release: Authority & { milestone?: string; amountCents: number; reason: string },
  command: string,
): Promise<void> {
  const { municipality } = actor;
  const { milestone, amountCents, reason, act, upload } = release;
  const about = { type: "commitment", id: commitment };
  await once(command, async (tx) => {
    await requireCommitment(tx, municipality, commitment);
    await attachAct(tx, actor, upload, about);
    const reasonDigest = await publicReason(tx, actor, reason);
    const input = { municipality, commitment, milestone, amountCents, reasonDigest, act };
    await record(tx, actor, "funds:release", input, about, command);
  });
}

/** Lets what was accepted under a pact that ended be paid. */
export async function allowSettlement(
  actor: Actor,
  commitment: string,
  { act, upload }: Authority,
  command: string,
): Promise<void> {
  const { municipality } = actor;
  const about = { type: "commitment", id: commitment };
  await once(command, async (tx) => {
    await requireCommitment(tx, municipality, commitment);
    await attachAct(tx, actor, upload, about);
    await record(tx, actor, "funds:allowSettlement", { municipality, commitment, act }, about, command);
  });
}

export async function cancelMilestone(
  actor: Actor,
  id: string,
  { act, upload, reason }: Authority & { reason: string },
  command: string,
): Promise<void> {
  const { municipality } = actor;
  const about = { type: "milestone", id };
  await once(command, async (tx) => {
    await requireMilestone(tx, municipality, id, "milestones:cancel");
    await attachAct(tx, actor, upload, about);
    const reasonDigest = await publicReason(tx, actor, reason);
    await record(tx, actor, "milestones:cancel", { municipality, id, reasonDigest, act }, about, command);
  });
}

/** Another organisation's visit, beside that of the one that pays. */
export async function countersignMilestone(
  actor: Actor,
  id: string,
  report: Uploaded,
  command: string,
): Promise<void> {
  const { municipality } = actor;
  const about = { type: "milestone", id };
  await once(command, async (tx) => {
    await requireMilestone(tx, municipality, id, "milestones:countersign");
    await attach(tx, actor, report.id, { ...about, public: true });
    const input = { municipality, id, reportHash: report.hash };
    await record(tx, actor, "milestones:countersign", input, about, command);
  });
}

export async function refusePayment(
  actor: Actor,
  id: string,
  reason: string,
  command: string,
): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    const row = await tx.chainPayment.findUnique({ where: { municipality_id: { municipality, id } } });
    if (!row) throw new NotFoundError("payment_not_found");
    if (!allows("payments:refuse", { payment: row.state }))
      throw new ConflictError("payment_moved_on", { state: row.state });
    const input = { municipality, id, reasonDigest: await publicReason(tx, actor, reason) };
    await record(tx, actor, "payments:refuse", input, { type: "payment", id }, command);
  });
}

/** What the Giunta allows beyond the vote for the proposal of a pact: a higher cost, one more line. */
export async function allowBeyond(
  actor: Actor,
  pact: string,
  { act, upload, costCents, line }: Authority & { costCents?: number; line?: string },
  command: string,
): Promise<void> {
  const { municipality } = actor;
  const row = await db.chainPact.findUnique({ where: { municipality_id: { municipality, id: pact } } });
  if (!row) throw new NotFoundError("pact_not_found");
  const id = row.proposal;
  await once(command, async (tx) => {
    await attachAct(tx, actor, upload, { type: "proposal", id });
    const input = { municipality, id, costCents, lines: line ? [line] : [], beneficiaries: [], act };
    await record(tx, actor, "proposals:allowBeyond", input, { type: "proposal", id }, command);
  });
}

/** Somebody else signs for a subject from now on: on the ledger, and for the drafts of this application. */
export async function replaceRepresentative(
  actor: Actor,
  id: string,
  { act, upload, representative }: Authority & { representative: string },
  command: string,
): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    const where = { municipality_id: { municipality, id } };
    if (!(await tx.chainSubject.findUnique({ where }))) throw new NotFoundError("subject_not_found");
    await tx.subject.update({ where, data: { representative } });
    await attachAct(tx, actor, upload, { type: "subject", id });
    const input = { municipality, id, representative, act };
    await record(tx, actor, "subjects:replaceRepresentative", input, { type: "subject", id }, command);
  });
}

async function requireCommitment(tx: Database, municipality: string, id: string): Promise<void> {
  const where = { municipality_id: { municipality, id } };
  if (!(await tx.chainCommitment.findUnique({ where }))) throw new NotFoundError("commitment_not_found");
}

async function requireMilestone(
  tx: Database,
  municipality: string,
  id: string,
  step: TransactionName,
): Promise<void> {
  const row = await tx.chainMilestone.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!row) throw new NotFoundError("milestone_not_found");
  if (!allows(step, { milestone: row.state }))
    throw new ConflictError("milestone_moved_on", { state: row.state });
}

async function publicReason(tx: Database, actor: Actor, text: string): Promise<string> {
  return keepText(tx, { municipality: actor.municipality, author: actor.person, text, public: true });
}
