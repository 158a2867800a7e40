import { createHash } from "node:crypto";
import { common, peer } from "@hyperledger/fabric-protos";
import { transactionId } from "../../blocks/hash";
import {
  type Identity,
  type IdentityDirectory,
  isExpired,
  MalformedIdentityError,
  signedByAside,
} from "../msp/identity";
import { bytesField, messageOf } from "../wire";

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
  readonly signed: InstanceType<typeof peer.SignedProposal>;
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
  readonly channel: string;
  readonly transactionId: string;
  readonly headerType: number;
  readonly epoch: number;
  readonly creator: Uint8Array;
  readonly nonce: Uint8Array;
  readonly chaincode: string;
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
export function readProposal(signed: InstanceType<typeof peer.SignedProposal>): Proposal {
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

function unpack(signed: InstanceType<typeof peer.SignedProposal>): Proposal {
  const bytes = signed.getProposalBytes_asU8();
  const proposal = peer.Proposal.deserializeBinary(bytes);
  const header = common.Header.deserializeBinary(proposal.getHeader_asU8());
  const channelHeader = header.getChannelHeader_asU8();
  const signatureHeader = header.getSignatureHeader_asU8();
  const channel = common.ChannelHeader.deserializeBinary(channelHeader);
  const signature = common.SignatureHeader.deserializeBinary(signatureHeader);
  const extension = peer.ChaincodeHeaderExtension.deserializeBinary(channel.getExtension_asU8());
  const chaincode = extension.getChaincodeId()?.getName();
  if (chaincode === undefined) throw new ProposalFormatError("ChaincodeHeaderExtension.ChaincodeId is nil");
  if (chaincode === "") throw new ProposalFormatError("ChaincodeHeaderExtension.ChaincodeId.Name is empty");
  const payload = peer.ChaincodeProposalPayload.deserializeBinary(proposal.getPayload_asU8());
  const invocationBytes = payload.getInput_asU8();
  const specification = peer.ChaincodeInvocationSpec.deserializeBinary(invocationBytes).getChaincodeSpec();
  if (!specification)
    throw new ProposalFormatError("chaincode invocation spec did not contain chaincode spec");
  const input = specification.getInput();
  if (!input) throw new ProposalFormatError("chaincode input did not contain any input");
  const publicPayload = messageOf(bytesField(1, invocationBytes));
  return {
    signed,
    bytes,
    signature: signed.getSignature_asU8(),
    channel: channel.getChannelId(),
    transactionId: channel.getTxId(),
    headerType: channel.getType(),
    epoch: channel.getEpoch(),
    creator: signature.getCreator_asU8(),
    nonce: signature.getNonce_asU8(),
    chaincode,
    args: input.getArgsList_asU8(),
    input: input.serializeBinary(),
    hasTransientData: payload.getTransientmapMap().getLength() > 0,
    channelHeader,
    signatureHeader,
    publicPayload,
    hash: createHash("sha256").update(channelHeader).update(signatureHeader).update(publicPayload).digest(),
  };
}

function headerTypeName(type: number): string {
  const found = Object.entries(common.HeaderType).find(([, number]) => number === type);
  return found?.[0] ?? String(type);
}
