import { validationCodes } from "../../evidence/codes";
import type { CommitStatus, LedgerGateway } from "../gateway";
import {
  type Endorsed,
  envelopeMessage,
  type Proposal,
  proposalMessage,
  withEnvelopeSignature,
  withProposalSignature,
} from "../gateway/proposal";

/**
 * Where a set of bytes stands on its way to the ledger. Each step can be stored and taken up by another process.
 *
 *     prepared ─ signature → proposal_signed → endorsed ─ signature → transaction_signed ⇄ submitted → committed
 *                                                                                                   → failed
 *                                                                                                   → conflicted
 */
export type SigningState = Proposing | Submitting | Settled;

export interface Proposing extends Proposal {
  readonly status: "prepared" | "proposal_signed";
}

export interface Submitting extends Endorsed {
  readonly status: "endorsed" | "transaction_signed" | "submitted";
}

export interface Settled extends CommitStatus {
  readonly status: "committed" | "failed" | "conflicted";
  readonly transactionId: string;
}

/** A step was asked for that its state does not have: a signature where none is due, or none where one is. */
export class SigningStepError extends Error {
  override readonly name = "SigningStepError";
}

/** The message the key has to sign next (ECDSA P-256, SHA-256), undefined where no signature is due. */
export function messageToSign(state: SigningState): Uint8Array | undefined {
  if (state.status === "prepared") return proposalMessage(state);
  if (state.status === "endorsed") return envelopeMessage(state);
  return undefined;
}

/**
 * Takes one step. Nothing is submitted that was not handed back as `transaction_signed` before, so that the caller
 * can store it first.
 * @param signature low-S DER, where `messageToSign` gives a message
 * @param patience milliseconds to wait for a submitted transaction to be in a block
 * @throws SigningStepError, and whatever the gateway throws: the state is then as it was
 */
export async function advance(
  gateway: LedgerGateway,
  state: SigningState,
  { signature, patience = 15_000 }: { signature?: Uint8Array | undefined; patience?: number } = {},
): Promise<SigningState> {
  const due = state.status === "prepared" || state.status === "endorsed";
  if (due !== (signature !== undefined))
    throw new SigningStepError(`${state.status}: ${due ? "a signature is due" : "no signature is due"}`);
  switch (state.status) {
    case "prepared":
      return { ...withProposalSignature(state, signature ?? new Uint8Array()), status: "proposal_signed" };
    case "proposal_signed":
      return { ...(await gateway.endorse(state)), status: "endorsed" };
    case "endorsed":
      return { ...withEnvelopeSignature(state, signature ?? new Uint8Array()), status: "transaction_signed" };
    case "transaction_signed":
      await gateway.submit(state);
      return { ...state, status: "submitted" };
    case "submitted":
      return outcome(gateway, state, patience);
    default:
      return state;
  }
}

/**
 * The state to go on with after a process was lost: whether stored bytes were submitted is not known, so they are
 * looked up before they are sent again.
 */
export function recovered(state: SigningState): SigningState {
  return state.status === "transaction_signed" ? { ...state, status: "submitted" } : state;
}

/**
 * What became of submitted bytes, by what peers say of them.
 * @param patience milliseconds to wait for a block; with none they are only looked up
 */
export async function outcome(
  gateway: Pick<LedgerGateway, "commitStatus" | "locate">,
  state: Submitting,
  patience: number,
): Promise<SigningState> {
  const { transactionId } = state;
  const told = patience > 0 ? await gateway.commitStatus(transactionId, patience) : undefined;
  // A repetition of the same bytes says nothing of what became of the first.
  const final =
    told && told.code !== validationCodes.DUPLICATE_TXID ? told : await gateway.locate(transactionId);
  if (!final) return { ...state, status: "transaction_signed" };
  return { status: statusOf(final.code), transactionId, ...final };
}

function statusOf(code: number): Settled["status"] {
  if (code === validationCodes.VALID) return "committed";
  const conflict =
    code === validationCodes.MVCC_READ_CONFLICT || code === validationCodes.PHANTOM_READ_CONFLICT;
  return conflict ? "conflicted" : "failed";
}
