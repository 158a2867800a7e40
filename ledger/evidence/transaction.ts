import { common } from "@hyperledger/fabric-protos";
import { validationCodes } from "./codes";
import { sha256, transactionId } from "./hash";
import { type Budget, decode, justifiedBy, newBudget } from "./protobuf/decode";
import * as messages from "./protobuf/messages";
import { parseReadWriteSets } from "./read-write-set";
import type { ChaincodeAction, ChaincodeEvent, Endorsement, Identity, Transaction } from "./types";

const NOTHING = new Uint8Array(0);
const NOBODY: Identity = { mspId: "", certificatePem: "", bytes: NOTHING };

/** What a `google.protobuf.Timestamp` may hold: the years 1 to 9999. */
const firstSecond = -62_135_596_800;
const lastSecond = 253_402_300_799;

/** Where a transaction stands in its block and what its validation found. */
export interface Place {
  readonly index: number;
  readonly code: number;
}

/** What stops the reading of a transaction, with the code that Fabric's validation gives it. */
class Unreadable extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Reads one serialised `common.Envelope` down to its read and write sets. Checks no signature. Never throws: a block may
 * hold envelopes that cannot be read, and then `unreadable` says why and `action` is absent. What was found valid may
 * hold as many fields as its bytes allow, anything else no more than a request may.
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
    epoch: 0,
    timestamp: new Date(0),
    timestampNanos: 0,
    creator: NOBODY,
    nonce: NOTHING,
    signature: NOTHING,
    payload: NOTHING,
    envelope,
  };
  const budget = place.code === validationCodes.VALID ? justifiedBy(envelope) : newBudget();
  try {
    readEnvelope(transaction, budget);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    transaction.unreadable = { code: error.code, reason: error.message };
  }
  return transaction;
}

/** Reads a serialised `msp.SerializedIdentity`. @throws UndecodableError */
export function parseIdentity(bytes: Uint8Array, budget?: Budget): Identity {
  const { mspid, idBytes } = decode(messages.serializedIdentity, bytes, budget);
  return { mspId: mspid, certificatePem: text(idBytes), bytes };
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

/** Runs a step of reading; what goes wrong in it has this code. */
function step<T>(code: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Unreadable(code, error instanceof Error ? error.message : String(error));
  }
}

/** In the order of `ValidateTransaction` and of the dispatcher after it, each step with its code. */
function readEnvelope(transaction: Mutable<Transaction>, budget: Budget): void {
  const { INVALID_OTHER_REASON, BAD_PAYLOAD, BAD_COMMON_HEADER } = validationCodes;
  const envelope = step(INVALID_OTHER_REASON, () => decode(messages.envelope, transaction.envelope, budget));
  transaction.payload = envelope.payload;
  transaction.signature = envelope.signature;
  const payload = step(BAD_PAYLOAD, () => decode(messages.payload, transaction.payload, budget));
  const { header } = payload;
  if (!header) throw new Unreadable(BAD_COMMON_HEADER, "the payload has no header");

  const channel = step(BAD_COMMON_HEADER, () => decode(messages.channelHeader, header.channelHeader, budget));
  const { seconds, nanos } = channel.timestamp ?? { seconds: 0, nanos: 0 };
  transaction.type = channel.type;
  transaction.id = channel.txId;
  transaction.channel = channel.channelId;
  transaction.epoch = channel.epoch;
  const inRange = Math.min(Math.max(seconds, firstSecond), lastSecond);
  transaction.timestamp = new Date(inRange * 1000 + Math.floor(nanos / 1e6));
  transaction.timestampNanos = nanos;

  const signature = step(BAD_COMMON_HEADER, () =>
    decode(messages.signatureHeader, header.signatureHeader, budget),
  );
  transaction.nonce = signature.nonce;
  transaction.creator = identityOf(signature.creator, budget);
  if (transaction.type === common.HeaderType.ENDORSER_TRANSACTION)
    transaction.action = readAction(payload.data, header.channelHeader, channel.extension, budget);
}

function readAction(
  data: Uint8Array,
  channelHeader: Uint8Array,
  extension: Uint8Array,
  budget: Budget,
): ChaincodeAction {
  const { INVALID_ENDORSER_TRANSACTION, BAD_HEADER_EXTENSION, BAD_RESPONSE_PAYLOAD } = validationCodes;
  const { BAD_RWSET, INVALID_OTHER_REASON } = validationCodes;
  const form = <T>(read: () => T) => step(INVALID_ENDORSER_TRANSACTION, read);
  const { actions } = form(() => decode(messages.transaction, data, budget));
  const [first] = actions;
  // Fabric accepts one action a transaction (`ValidateEndorserTransaction`).
  if (!first || actions.length > 1)
    throw new Unreadable(INVALID_ENDORSER_TRANSACTION, `${actions.length} actions where one is due`);
  // The header within the action is what was endorsed, and so what the proposal's hash is of.
  const actionHeader = form(() => decode(messages.signatureHeader, first.header, budget));
  if (actionHeader.nonce.length === 0 || actionHeader.creator.length === 0)
    throw new Unreadable(INVALID_ENDORSER_TRANSACTION, "the action's header names no creator or no nonce");
  const payload = form(() => decode(messages.chaincodeActionPayload, first.payload, budget));
  const endorsed = payload.action;
  if (!endorsed) throw new Unreadable(INVALID_ENDORSER_TRANSACTION, "the action is not endorsed");
  const proposal = payload.chaincodeProposalPayload;
  const responsePayload = endorsed.proposalResponsePayload;
  const response = form(() => decode(messages.proposalResponsePayload, responsePayload, budget));
  const expectedProposalHash = sha256(Buffer.concat([channelHeader, first.header, proposal]));
  const isEndorsed = Buffer.compare(response.proposalHash, expectedProposalHash) === 0;
  // What is not of this proposal is invalid for that reason, whatever else is wrong with it.
  const result = <T>(code: number, read: () => T) =>
    step(isEndorsed ? code : INVALID_ENDORSER_TRANSACTION, read);

  const named = result(BAD_HEADER_EXTENSION, () =>
    decode(messages.chaincodeHeaderExtension, extension, budget),
  ).chaincodeId;
  const { results, events, ...done } = result(BAD_RESPONSE_PAYLOAD, () => {
    if (response.extension.length === 0) throw new RangeError("the response holds no result");
    return decode(messages.chaincodeAction, response.extension, budget);
  });
  const sets = result(BAD_RWSET, () => parseReadWriteSets(results, budget));
  const { chaincodeId } = done;
  const event = result(INVALID_OTHER_REASON, () => {
    if (!named || !chaincodeId) throw new RangeError("the header or the response names no chaincode");
    return readEvent(events, budget);
  });
  const [functionName = NOTHING, ...args] = argumentsOf(proposal, budget);
  return {
    chaincode: chaincodeId?.name ?? "",
    chaincodeVersion: chaincodeId?.version ?? "",
    namedChaincode: named?.name ?? "",
    functionName: text(functionName),
    args,
    response: done.response ?? { status: 0, message: "", payload: NOTHING },
    ...(event && { event }),
    endorsements: endorsed.endorsements.map(
      ({ endorser, signature }): Endorsement => ({ endorser: identityOf(endorser, budget), signature }),
    ),
    responsePayload,
    proposalHash: response.proposalHash,
    expectedProposalHash,
    readWriteSets: sets,
    writes: sets.flatMap((set) => set.writes),
    reads: sets.flatMap((set) => set.reads),
    hashedWrites: sets.flatMap((set) => set.collections.flatMap((each) => each.writes)),
  };
}

/** What was called with what. No validation looks at it beyond its hash, so what cannot be read is nothing. */
function argumentsOf(proposal: Uint8Array, budget: Budget): readonly Uint8Array[] {
  try {
    const { input } = decode(messages.chaincodeProposalPayload, proposal, budget);
    return decode(messages.chaincodeInvocationSpec, input, budget).chaincodeSpec?.input?.args ?? [];
  } catch {
    return [];
  }
}

/** Who signed, nobody where that cannot be read: validation passes over such an endorser and judges by the others. */
function identityOf(bytes: Uint8Array, budget: Budget): Identity {
  try {
    return parseIdentity(bytes, budget);
  } catch {
    return { ...NOBODY, bytes };
  }
}

function readEvent(bytes: Uint8Array, budget: Budget): ChaincodeEvent | undefined {
  if (bytes.length === 0) return undefined;
  const { chaincodeId, txId, eventName, payload } = decode(messages.chaincodeEvent, bytes, budget);
  return { chaincode: chaincodeId, transactionId: txId, name: eventName, payload };
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
