/** From the evidence of a milestone to the treasury's outcome: who submits, who verifies and who pays are three persons. */

import { attachAct } from "@/features/documents/act-service";
import { attach } from "@/features/documents/service";
import { keepText } from "@/features/documents/text-service";
import { recordBinding, type SignedPaper } from "@/features/papers/service";
import { once, record } from "@/ledger/client/outbox/record";
import type { Database } from "@/lib/db";
import { ConflictError, InvalidInputError, NotFoundError } from "@/lib/errors";
import type { Act, Actor } from "@/protocol/primitives";
import type { InputOf, TransactionName } from "@/protocol/transactions";
import { allows } from "@/protocol/workflow/table";
import { milestoneFor } from "./milestone-service";

export type ActValue = typeof Act._output;
export type Uploaded = { id: string; hash: string };

export async function submitEvidence(
  actor: Actor,
  id: string,
  evidence: readonly Uploaded[],
  command: string,
  paper?: SignedPaper,
): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    await milestoneFor(tx, municipality, id, "milestones:submitEvidence");
    for (const file of evidence) await attach(tx, actor, file.id, { type: "milestone", id, public: true });
    const input = { municipality, id, evidence: [...new Set(evidence.map(({ hash }) => hash))] };
    const subject = { type: "milestone", id };
    await recordBinding(tx, actor, "milestones:submitEvidence", input, subject, command, paper);
  });
}

export async function verifyMilestone(
  actor: Actor,
  id: string,
  report: Uploaded,
  command: string,
): Promise<void> {
  await onMilestone(actor, id, "milestones:verify", command, async (tx, base) => {
    await attach(tx, actor, report.id, { type: "milestone", id, public: true });
    return { ...base, reportHash: report.hash };
  });
}

export async function returnEvidence(
  actor: Actor,
  id: string,
  reason: string,
  command: string,
): Promise<void> {
  await onMilestone(actor, id, "milestones:returnEvidence", command, async (tx, base) => ({
    ...base,
    reasonDigest: await publicReason(tx, actor, reason),
  }));
}

/** Accepts all of a verified milestone or part of it; a part needs its reason, on the field `reason`. */
export async function acceptMilestone(
  actor: Actor,
  id: string,
  decision: { acceptedCents: number; reason?: string },
  command: string,
): Promise<void> {
  await onMilestone(actor, id, "milestones:accept", command, async (tx, base) => {
    const { acceptedCents, reason } = decision;
    const row = await tx.chainMilestone.findUnique({ where: { municipality_id: base } });
    if (row && BigInt(acceptedCents) < row.amountCents && !reason)
      throw new InvalidInputError({ reason: "reason_needed" }, "reason_needed");
    return {
      ...base,
      acceptedCents,
      ...(reason ? { reasonDigest: await publicReason(tx, actor, reason) } : {}),
    };
  });
}

export async function rejectMilestone(
  actor: Actor,
  id: string,
  reason: string,
  command: string,
): Promise<void> {
  await onMilestone(actor, id, "milestones:reject", command, async (tx, base) => ({
    ...base,
    reasonDigest: await publicReason(tx, actor, reason),
  }));
}

/** @returns the payment's id. */
export async function requestPayment(
  actor: Actor,
  milestone: string,
  amountCents: number,
  command: string,
  paper?: SignedPaper,
): Promise<string> {
  const { municipality } = actor;
  const id = command;
  await once(command, async (tx) => {
    const row = await tx.chainMilestone.findUnique({
      where: { municipality_id: { municipality, id: milestone } },
    });
    if (!row) throw new NotFoundError("milestone_not_found");
    if (!allows("payments:request", { milestone: row.state }))
      throw new ConflictError("milestone_not_accepted");
    const left = row.acceptedCents - row.requestedCents;
    if (BigInt(amountCents) > left) throw new ConflictError("over_accepted", { limitCents: Number(left) });
    const input = { municipality, id, milestone, amountCents };
    const subject = { type: "milestone", id: milestone };
    await recordBinding(tx, actor, "payments:request", input, subject, command, paper);
  });
  return id;
}

export async function checkPayment(actor: Actor, id: string, command: string): Promise<void> {
  await onPayment(actor, id, "payments:check", command, async (_, base) => base);
}

export async function reducePayment(
  actor: Actor,
  id: string,
  reduction: { amountCents: number; reason: string },
  command: string,
): Promise<void> {
  await onPayment(actor, id, "payments:reduce", command, async (tx, base) => ({
    ...base,
    amountCents: reduction.amountCents,
    reasonDigest: await publicReason(tx, actor, reduction.reason),
  }));
}

export async function liquidatePayment(
  actor: Actor,
  id: string,
  act: ActValue,
  command: string,
  upload?: string,
): Promise<void> {
  await onPayment(actor, id, "payments:liquidate", command, async (tx, base) => {
    await attachAct(tx, actor, upload, { type: "payment", id });
    return { ...base, act };
  });
}

export async function orderPayment(
  actor: Actor,
  id: string,
  orderNumber: string,
  command: string,
): Promise<void> {
  await onPayment(actor, id, "payments:order", command, async (_, base) => ({
    ...base,
    orderNumber,
  }));
}

export type TreasuryOutcome = { reference: string; on: string; document: Uploaded };

/** Records what the treasury says it did. The application moves no money. */
export async function recordOutcome(
  actor: Actor,
  id: string,
  outcome: TreasuryOutcome & { paid: boolean },
  command: string,
): Promise<void> {
  const transaction = outcome.paid ? "payments:recordPaid" : "payments:recordReturned";
  await onPayment(actor, id, transaction, command, async (tx, base) => {
    await requireAfterOrder(tx, base, outcome.on);
    await attach(tx, actor, outcome.document.id, { type: "payment", id, public: false });
    return { ...base, reference: outcome.reference, on: outcome.on, documentHash: outcome.document.hash };
  });
}

/** @throws InvalidInputError for an outcome of before the day on which the payment was ordered */
async function requireAfterOrder(tx: Database, { municipality, id }: Base, on: string): Promise<void> {
  const { orderedOn } = await tx.chainPayment.findUniqueOrThrow({
    where: { municipality_id: { municipality, id } },
    select: { orderedOn: true },
  });
  if (orderedOn !== null && on < orderedOn)
    throw new InvalidInputError({ on: "date_before" }, "date_before", { day: orderedOn });
}

export async function recoverPayment(
  actor: Actor,
  id: string,
  recovery: { amountCents: number; reference: string; document: Uploaded },
  command: string,
): Promise<void> {
  await onPayment(actor, id, "payments:recover", command, async (tx, base) => {
    await attach(tx, actor, recovery.document.id, { type: "payment", id, public: false });
    const { amountCents, reference, document } = recovery;
    return { ...base, amountCents, reference, documentHash: document.hash };
  });
}

type Base = { municipality: string; id: string };
type Build<T extends TransactionName> = (tx: Database, base: Base) => Promise<Omit<InputOf<T>, "command">>;

async function onMilestone<T extends TransactionName>(
  actor: Actor,
  id: string,
  transaction: T,
  command: string,
  build: Build<T>,
): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    await milestoneFor(tx, municipality, id, transaction);
    const input = await build(tx, { municipality, id });
    await record(tx, actor, transaction, input, { type: "milestone", id }, command);
  });
}

async function onPayment<T extends TransactionName>(
  actor: Actor,
  id: string,
  transaction: T,
  command: string,
  build: Build<T>,
): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    const row = await tx.chainPayment.findUnique({ where: { municipality_id: { municipality, id } } });
    if (!row) throw new NotFoundError("payment_not_found");
    if (!allows(transaction, { payment: row.state }))
      throw new ConflictError("payment_moved_on", { state: row.state });
    const input = await build(tx, { municipality, id });
    await record(tx, actor, transaction, input, { type: "payment", id }, command);
  });
}

async function publicReason(tx: Database, actor: Actor, text: string): Promise<string> {
  return keepText(tx, { municipality: actor.municipality, author: actor.person, text, public: true });
}
