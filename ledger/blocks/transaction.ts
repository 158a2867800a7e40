import { common, msp, peer } from "@hyperledger/fabric-protos";
import { validationCodes } from "./codes";
import { sha256, transactionId } from "./hash";
import { parseReadWriteSets } from "./readWriteSet";
import type { ChaincodeAction, ChaincodeEvent, Identity, Transaction } from "./types";

const NOTHING = new Uint8Array(0);
const NOBODY: Identity = { mspId: "", certificatePem: "", bytes: NOTHING };

/** Where a transaction stands in its block and what its validation found. */
export interface Place {
  readonly index: number;
  readonly code: number;
}

/**
 * Reads one serialised `common.Envelope` down to its read and write sets. Checks no signature. Never throws: a block may
 * hold envelopes that cannot be read, and then `unreadable` says why and `action` is absent.
 */
export function parseTransaction(
  envelope: Uint8Array,
  place: Place = { index: 0, code: validationCodes.NOT_VALIDATED },
): Transaction {
  const transaction: Mutable<Transaction> = {
    ...place,
    id: "",
    type: -1,
    channel: "",
    timestamp: new Date(0),
    timestampNanos: 0,
    creator: NOBODY,
    nonce: NOTHING,
    signature: NOTHING,
    payload: NOTHING,
    envelope,
  };
  try {
    readEnvelope(transaction);
  } catch (error) {
    transaction.unreadable = error instanceof Error ? error.message : String(error);
  }
  return transaction;
}

/** Reads a serialised `msp.SerializedIdentity`; throws what google-protobuf throws on bytes that are none. */
export function parseIdentity(bytes: Uint8Array): Identity {
  const identity = msp.SerializedIdentity.deserializeBinary(bytes);
  return { mspId: identity.getMspid(), certificatePem: text(identity.getIdBytes_asU8()), bytes };
}

/** True when the id is the SHA-256 of the transaction's own nonce and creator. */
export function hasOwnId(transaction: Transaction): boolean {
  return transaction.id === transactionId(transaction.nonce, transaction.creator.bytes);
}

/** What an endorser signs: the proposal response payload followed by its serialised identity. */
export function endorsedBytes(action: ChaincodeAction, endorser: Identity): Uint8Array {
  return Buffer.concat([action.responsePayload, endorser.bytes]);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function readEnvelope(transaction: Mutable<Transaction>): void {
  const envelope = common.Envelope.deserializeBinary(transaction.envelope);
  transaction.payload = envelope.getPayload_asU8();
  transaction.signature = envelope.getSignature_asU8();
  const payload = common.Payload.deserializeBinary(transaction.payload);
  const header = payload.getHeader();
  if (!header) throw new Error("the payload has no header");

  const channelBytes = header.getChannelHeader_asU8();
  const channel = common.ChannelHeader.deserializeBinary(channelBytes);
  const stated = channel.getTimestamp();
  const nanos = stated?.getNanos() ?? 0;
  transaction.type = channel.getType();
  transaction.id = channel.getTxId();
  transaction.channel = channel.getChannelId();
  transaction.timestamp = new Date((stated?.getSeconds() ?? 0) * 1000 + Math.floor(nanos / 1e6));
  transaction.timestampNanos = nanos;

  const signatureBytes = header.getSignatureHeader_asU8();
  const signature = common.SignatureHeader.deserializeBinary(signatureBytes);
  transaction.nonce = signature.getNonce_asU8();
  const creator = signature.getCreator_asU8();
  transaction.creator = creator.length === 0 ? NOBODY : parseIdentity(creator);

  if (transaction.type === common.HeaderType.ENDORSER_TRANSACTION) {
    transaction.action = readAction(payload.getData_asU8(), channelBytes, signatureBytes);
  }
}

function readAction(
  data: Uint8Array,
  channelHeader: Uint8Array,
  signatureHeader: Uint8Array,
): ChaincodeAction {
  const actions = peer.Transaction.deserializeBinary(data).getActionsList();
  const [first] = actions;
  // Fabric accepts one action a transaction (`ValidateEndorserTransaction`).
  if (!first || actions.length > 1) throw new Error(`${actions.length} actions where one is due`);
  const payload = peer.ChaincodeActionPayload.deserializeBinary(first.getPayload_asU8());
  const endorsed = payload.getAction();
  if (!endorsed) throw new Error("the action is not endorsed");

  const proposal = payload.getChaincodeProposalPayload_asU8();
  const input = peer.ChaincodeInvocationSpec.deserializeBinary(
    peer.ChaincodeProposalPayload.deserializeBinary(proposal).getInput_asU8(),
  )
    .getChaincodeSpec()
    ?.getInput();
  const [functionName = NOTHING, ...args] = input?.getArgsList_asU8() ?? [];

  const responsePayload = endorsed.getProposalResponsePayload_asU8();
  const response = peer.ProposalResponsePayload.deserializeBinary(responsePayload);
  const result = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8());
  const sets = parseReadWriteSets(result.getResults_asU8());
  const event = readEvent(result.getEvents_asU8());
  const chaincode = result.getChaincodeId();
  const answer = result.getResponse();
  return {
    chaincode: chaincode?.getName() ?? "",
    chaincodeVersion: chaincode?.getVersion() ?? "",
    functionName: text(functionName),
    args,
    response: {
      status: answer?.getStatus() ?? 0,
      message: answer?.getMessage() ?? "",
      payload: answer?.getPayload_asU8() ?? NOTHING,
    },
    ...(event && { event }),
    endorsements: endorsed.getEndorsementsList().map((each) => ({
      endorser: parseIdentity(each.getEndorser_asU8()),
      signature: each.getSignature_asU8(),
    })),
    responsePayload,
    proposalHash: response.getProposalHash_asU8(),
    expectedProposalHash: sha256(Buffer.concat([channelHeader, signatureHeader, proposal])),
    readWriteSets: sets,
    writes: sets.flatMap((set) => set.writes),
    reads: sets.flatMap((set) => set.reads),
    hashedWrites: sets.flatMap((set) => set.collections.flatMap((each) => each.writes)),
  };
}

function readEvent(bytes: Uint8Array): ChaincodeEvent | undefined {
  if (bytes.length === 0) return undefined;
  const event = peer.ChaincodeEvent.deserializeBinary(bytes);
  return {
    chaincode: event.getChaincodeId(),
    transactionId: event.getTxId(),
    name: event.getEventName(),
    payload: event.getPayload_asU8(),
  };
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
