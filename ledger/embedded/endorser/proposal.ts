import { createHash } from "node:crypto";
import { common } from "@hyperledger/fabric-protos";
import { transactionId } from "../../evidence/hash";
import { type Decoded, decode, decodeSound, newBudget } from "../../evidence/protobuf/decode";
import * as messages from "../../evidence/protobuf/messages";
import {
  type Identity,
  type IdentityDirectory,
  isExpired,
  MalformedIdentityError,
  signedByAside,
} from "../msp/identity";
import { bytesField, integerField, messageOf, repeatedBytesField, stringField } from "../wire";

/** A proposal that cannot be read. */
export class ProposalFormatError extends Error {
  override readonly name = "ProposalFormatError";
}

/** A proposal that is refused before the chaincode sees it; the text is Fabric's. */
export class ProposalRefusedError extends Error {
  override readonly name = "ProposalRefusedError";
}

/** A proposal, read down to the chaincode's input. */
export interface Proposal {
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
  readonly channel: string;
  readonly transactionId: string;
  readonly headerType: number;
  readonly epoch: number;
  readonly creator: Uint8Array;
  readonly nonce: Uint8Array;
  /** As the header names it: what runs. */
  readonly chaincode: string;
  /** As the invocation names it: whose peers the gateway looks for. */
  readonly invokedChaincode: string;
  /** The function's name and its arguments. */
  readonly args: readonly Uint8Array[];
  /** Serialised `peer.ChaincodeInput`. */
  readonly input: Uint8Array;
  readonly hasTransientData: boolean;
  readonly channelHeader: Uint8Array;
  readonly signatureHeader: Uint8Array;
  /** Serialised `peer.ChaincodeProposalPayload` without the transient data: what goes into the transaction. */
  readonly publicPayload: Uint8Array;
  /** SHA-256 over channel header ‖ signature header ‖ public payload. */
  readonly hash: Uint8Array;
}

/**
 * Reads a signed proposal (`core/endorser/msgvalidation.go`).
 * @throws ProposalFormatError
 */
export function readProposal(signed: messages.SignedProposal): Proposal {
  try {
    return unpack(signed);
  } catch (error) {
    if (error instanceof ProposalFormatError) throw error;
    throw new ProposalFormatError(`error unmarshalling Proposal: ${String(error)}`);
  }
}

/**
 * Checks everything about a proposal that does not need the chaincode, and tells who made it.
 * @throws ProposalRefusedError
 */
export async function authenticateProposal(
  proposal: Proposal,
  identities: IdentityDirectory,
): Promise<Identity> {
  const refuse = (reason: string): never => {
    throw new ProposalRefusedError(`error validating proposal: ${reason}`);
  };
  if (proposal.headerType !== common.HeaderType.ENDORSER_TRANSACTION)
    refuse(`invalid header type ${headerTypeName(proposal.headerType)}`);
  if (proposal.epoch !== 0) refuse("epoch is non-zero");
  if (proposal.nonce.length === 0) refuse("nonce is empty");
  if (proposal.creator.length === 0) refuse("creator is empty");
  const expected = transactionId(proposal.nonce, proposal.creator);
  if (proposal.transactionId !== expected)
    refuse(`incorrectly computed txid '${proposal.transactionId}' -- expected '${expected}'`);
  if (proposal.signature.length === 0) refuse("empty signature bytes");
  let identity: Identity;
  try {
    identity = identities.find(proposal.creator);
  } catch (error) {
    const mspId = error instanceof MalformedIdentityError ? undefined : (error as { mspId?: string }).mspId;
    return refuse(
      mspId === undefined
        ? `access denied: channel [${proposal.channel}] creator org unknown, creator is malformed`
        : `access denied: channel [${proposal.channel}] creator org [${mspId}]`,
    );
  }
  if (isExpired(identity)) throw new ProposalRefusedError("proposal client identity expired");
  if (!(await signedByAside(identity, proposal.bytes, proposal.signature)))
    refuse(`access denied: channel [${proposal.channel}] creator org [${identity.mspId}]`);
  return identity;
}

/** What the chaincode's shim reads in its turn, with google-protobuf, is read as sound: its lengths are true. */
function unpack({ proposalBytes, signature }: messages.SignedProposal): Proposal {
  const budget = newBudget();
  const proposal = decodeSound(messages.proposal, proposalBytes, budget);
  const { channelHeader, signatureHeader } = decodeSound(messages.header, proposal.header, budget);
  const channel = decodeSound(messages.channelHeader, channelHeader, budget);
  const { creator, nonce } = decodeSound(messages.signatureHeader, signatureHeader, budget);
  const chaincode = decode(messages.chaincodeHeaderExtension, channel.extension, budget).chaincodeId?.name;
  if (chaincode === undefined) throw new ProposalFormatError("ChaincodeHeaderExtension.ChaincodeId is nil");
  if (chaincode === "") throw new ProposalFormatError("ChaincodeHeaderExtension.ChaincodeId.Name is empty");
  const payload = decodeSound(messages.chaincodeProposalPayload, proposal.payload, budget);
  const { chaincodeSpec } = decode(messages.chaincodeInvocationSpec, payload.input, budget);
  if (!chaincodeSpec)
    throw new ProposalFormatError("chaincode invocation spec did not contain chaincode spec");
  const { input } = chaincodeSpec;
  if (!input) throw new ProposalFormatError("chaincode input did not contain any input");
  const publicPayload = messageOf(bytesField(1, payload.input));
  return {
    bytes: proposalBytes,
    signature,
    channel: channel.channelId,
    transactionId: channel.txId,
    headerType: channel.type,
    epoch: channel.epoch,
    creator,
    nonce,
    chaincode,
    invokedChaincode: chaincodeSpec.chaincodeId?.name ?? "",
    args: input.args,
    input: inputBytes(input),
    hasTransientData: payload.transientMap.length > 0,
    channelHeader,
    signatureHeader,
    publicPayload,
    hash: createHash("sha256").update(channelHeader).update(signatureHeader).update(publicPayload).digest(),
  };
}

/** Serialised `peer.ChaincodeInput`, as the peer writes it anew. */
function inputBytes({ args, decorations, isInit }: Decoded<typeof messages.chaincodeInput>): Uint8Array {
  const entries = decorations.map(({ key, value }) => messageOf(stringField(1, key), bytesField(2, value)));
  return messageOf(
    repeatedBytesField(1, args),
    repeatedBytesField(2, entries),
    integerField(3, isInit ? 1 : 0),
  );
}

function headerTypeName(type: number): string {
  const found = Object.entries(common.HeaderType).find(([, number]) => number === type);
  return found?.[0] ?? String(type);
}
