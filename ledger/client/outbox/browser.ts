import { randomUUID, verify, X509Certificate } from "node:crypto";
import type { OutboxItem, OutboxSubmission, Prisma, PrismaClient } from "../../../generated/prisma/client";
import { mspIds, type Organisation, type Role } from "../../../protocol/primitives";
import { refusalOf } from "../gateway/refusal";
import { derFromP1363 } from "../gateway/signature";
import type { LedgerAccess } from "../process";
import { observeRefusal } from "./observe";
import { advance, messageToSign, type SigningState } from "./signing";

/** What a person's browser has to sign now. */
export interface SignatureDue {
  readonly submissionId: string;
  /** The person signs twice: first what is proposed, then the transaction with the endorsements in it. */
  readonly step: "proposal" | "transaction";
  /** For WebCrypto's `sign({ name: "ECDSA", hash: "SHA-256" }, key, message)`. */
  readonly message: Uint8Array;
}

export interface ItemOfPerson {
  readonly id: string;
  readonly municipality: string;
  readonly person: string;
}

/** A signature that is not one of the person's enrolled key over the message that was due. */
export class WrongSignatureError extends Error {
  override readonly name = "WrongSignatureError";
}

/**
 * What has to be signed next for an item that waits for the person's own key; undefined where nothing has (it was sent,
 * refused, or is nobody's of this name). Proposes and has endorsed what can be.
 * @throws NotEnrolledError when no browser of the person has a certificate
 */
export async function signatureDue(
  db: PrismaClient,
  access: LedgerAccess,
  wanted: ItemOfPerson,
): Promise<SignatureDue | undefined> {
  const item = await find(db, wanted);
  if (!item) return undefined;
  const submission = item.submission ?? (await prepare(db, access, item));
  const state = submission && (await endorsed(db, access, item, submission));
  const message = state && messageToSign(state);
  if (!message || !submission) return undefined;
  return {
    submissionId: submission.id,
    step: state.status === "prepared" ? "proposal" : "transaction",
    message,
  };
}

/**
 * Takes a signature and goes on as far as it can without another one. After the second the worker submits.
 * @param signature as WebCrypto gives it, 64 bytes
 * @returns what has to be signed next
 * @throws WrongSignatureError, SignatureFormatError
 */
export async function giveSignature(
  db: PrismaClient,
  access: LedgerAccess,
  wanted: ItemOfPerson,
  { submissionId, signature }: { submissionId: string; signature: Uint8Array },
): Promise<SignatureDue | undefined> {
  const item = await find(db, wanted);
  const submission = item?.submission;
  if (!item || submission?.id !== submissionId) return signatureDue(db, access, wanted);
  const state = stateOf(submission);
  const message = messageToSign(state);
  if (message) {
    const der = derFromP1363(signature);
    const { certificatePem } = await db.ledgerIdentity.findUniqueOrThrow({
      where: { id: submission.identityId },
    });
    if (!verify("sha256", message, new X509Certificate(certificatePem).publicKey, der))
      throw new WrongSignatureError(`item ${item.id}`);
    await keep(db, item, submission, await advance(access.gateway, state, { signature: der }));
  }
  return signatureDue(db, access, wanted);
}

type Waiting = OutboxItem & { submission: OutboxSubmission | null };

function find(db: PrismaClient, { id, municipality, person }: ItemOfPerson): Promise<Waiting | null> {
  return db.outboxItem.findFirst({
    where: { id, municipality, person, status: "to_sign" },
    include: { submission: true },
  });
}

async function prepare(
  db: PrismaClient,
  { gateway, identities }: LedgerAccess,
  item: Waiting,
): Promise<OutboxSubmission | undefined> {
  const { person, municipality } = item;
  const [organisation, role] = [item.organisation as Organisation, item.role as Role];
  const { id: identityId, certificate } = await identities.browserCertificate({
    ...{ person, organisation, role, municipality },
  });
  const argument = { ...(item.input as Prisma.JsonObject), command: item.id };
  const proposal = gateway.newProposal(
    { ...certificate, mspId: mspIds[organisation] },
    item.transaction,
    argument,
  );
  const submission = { id: randomUUID(), command: item.id, transaction: item.transaction, identityId };
  return db.$transaction(async (tx) => {
    const created = await tx.outboxSubmission.create({
      data: { ...submission, status: "prepared", ...bytes(proposal) },
    });
    // Of two tabs that prepare at once one is first; the other signs what the first prepared.
    const { count } = await tx.outboxItem.updateMany({
      where: { id: item.id, status: "to_sign", submissionId: null },
      data: { submissionId: created.id },
    });
    if (count === 1) return created;
    await tx.outboxSubmission.delete({ where: { id: created.id } });
    return (
      (await tx.outboxItem.findUnique({ where: { id: item.id }, include: { submission: true } }))
        ?.submission ?? undefined
    );
  });
}

/** Has a signed proposal endorsed; a refusal by a rule ends the item. */
async function endorsed(
  db: PrismaClient,
  { gateway }: LedgerAccess,
  item: Waiting,
  submission: OutboxSubmission,
): Promise<SigningState | undefined> {
  const state = stateOf(submission);
  if (state.status !== "proposal_signed") return state;
  try {
    const next = await advance(gateway, state);
    await keep(db, item, submission, next);
    return next;
  } catch (error) {
    const refusal = refusalOf(error);
    observeRefusal(error, refusal);
    if (refusal.kind !== "rule") throw error;
    const { code, params } = refusal.rule;
    const transactionId = code === "already_done" ? String(params.txId) : undefined;
    const place = transactionId === undefined ? undefined : await gateway.locate(transactionId);
    const end =
      transactionId !== undefined && place
        ? { status: "committed", transactionId, block: BigInt(place.block) }
        : { status: "failed", errorCode: code, errorParams: params };
    await db.$transaction([
      db.outboxSubmission.update({
        where: { id: submission.id },
        data: { status: "failed", proposal: null },
      }),
      db.outboxItem.updateMany({
        where: { id: item.id, status: "to_sign" },
        data: { ...end, settledAt: new Date() },
      }),
    ]);
    return undefined;
  }
}

/** Stores a step that was taken; only one of two that take the same step at once does. */
async function keep(
  db: PrismaClient,
  item: Waiting,
  { id, status }: OutboxSubmission,
  next: SigningState,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.outboxSubmission.updateMany({
      where: { id, status },
      data: { status: next.status, ...bytes(next) },
    });
    if (count === 0 || next.status !== "transaction_signed") return;
    await tx.outboxItem.updateMany({
      where: { id: item.id, status: "to_sign", submissionId: id },
      data: { status: "sending" },
    });
  });
}

function stateOf({ status, transactionId, proposal, envelope }: OutboxSubmission): SigningState {
  if (status === "prepared" || status === "proposal_signed")
    return { status, transactionId, proposal: proposal ?? new Uint8Array() };
  if (status === "endorsed" || status === "transaction_signed" || status === "submitted")
    return { status, transactionId, envelope: envelope ?? new Uint8Array() };
  throw new TypeError(`submission in the state ${status}`);
}

function bytes(state: { transactionId: string; proposal?: Uint8Array; envelope?: Uint8Array }) {
  return {
    transactionId: state.transactionId,
    proposal: state.proposal ? new Uint8Array(state.proposal) : null,
    envelope: state.envelope ? new Uint8Array(state.envelope) : null,
  };
}
