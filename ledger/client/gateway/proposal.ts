import { common, gateway } from "@hyperledger/fabric-protos";
import { decode, decodeSound } from "../../evidence/protobuf/decode";
import { type Envelope, preparedTransaction, proposedTransaction } from "../../evidence/protobuf/messages";

/** Bytes on their way to the ledger. What has to be signed is a message, which ECDSA hashes with SHA-256 itself. */
export interface Proposal {
  /** Hexadecimal. */
  readonly transactionId: string;
  /** `gateway.ProposedTransaction`. */
  readonly proposal: Uint8Array;
}
export interface Endorsed {
  readonly transactionId: string;
  /** `gateway.PreparedTransaction`. */
  readonly envelope: Uint8Array;
}

/** The inner proposal bytes: what the person's key signs first. */
export function proposalMessage({ proposal }: Proposal): Uint8Array {
  const signed = decode(proposedTransaction, proposal).proposal;
  if (!signed) throw new TypeError("the proposal is empty");
  return signed.proposalBytes;
}

/** @param signature low-S DER */
export function withProposalSignature(proposal: Proposal, signature: Uint8Array): Proposal {
  decodeSound(proposedTransaction, proposal.proposal);
  const proposed = gateway.ProposedTransaction.deserializeBinary(proposal.proposal);
  proposed.getProposal()?.setSignature(signature);
  return { transactionId: proposal.transactionId, proposal: proposed.serializeBinary() };
}

/** The envelope's payload: what the person's key signs second, with the endorsements in it. */
export function envelopeMessage({ envelope }: Endorsed): Uint8Array {
  return envelopeOf(envelope).payload;
}

/** @param signature low-S DER */
export function withEnvelopeSignature(endorsed: Endorsed, signature: Uint8Array): Endorsed {
  decodeSound(preparedTransaction, endorsed.envelope);
  const prepared = gateway.PreparedTransaction.deserializeBinary(endorsed.envelope);
  prepared.getEnvelope()?.setSignature(signature);
  return { transactionId: endorsed.transactionId, envelope: prepared.serializeBinary() };
}

/** The `common.Envelope` in it, as a block holds it. */
export function envelopeBytes({ envelope }: Endorsed): Uint8Array {
  const { payload, signature } = envelopeOf(envelope);
  const inner = new common.Envelope();
  inner.setPayload(payload);
  inner.setSignature(signature);
  return inner.serializeBinary();
}

function envelopeOf(bytes: Uint8Array): Envelope {
  const { envelope } = decode(preparedTransaction, bytes);
  if (!envelope) throw new TypeError("the transaction is empty");
  return envelope;
}
