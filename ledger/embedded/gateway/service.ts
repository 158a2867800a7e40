import { status } from "@grpc/grpc-js";
import { common, gateway, peer } from "@hyperledger/fabric-protos";
import { type Decoded, decode, type Message, UndecodableError } from "../../evidence/protobuf/decode";
import {
  commitStatusRequest,
  type endorseRequest,
  type evaluateRequest,
  type SignedProposal,
  type SignedRequest,
  type submitRequest,
} from "../../evidence/protobuf/messages";
import { type Endorser, isSuccess, type Outcome } from "../endorser/endorser";
import { type Proposal, ProposalFormatError, readProposal } from "../endorser/proposal";
import { endorse, transactionPayload } from "../endorser/response";
import type { Log } from "../log";
import type { IdentityDirectory } from "../msp/identity";
import type { Signer } from "../msp/signer";
import { type Orderer, OrderingRefusedError } from "../ordering/orderer";
import type { OwnEndorsements } from "../ordering/own-endorsements";
import type { TransientStore } from "../ordering/transient-store";
import type { Ledger } from "../store/types";
import { AccessDeniedError, requireMember } from "./access";
import { type ErrorDetail, invalidArgument, RpcError } from "./errors";

/** One organisation's endorsing node. */
export interface EndorsingPeer {
  readonly mspId: string;
  readonly address: string;
  readonly signer: Signer;
}

export interface GatewayOptions {
  readonly channel: string;
  readonly ledger: Ledger;
  readonly endorser: Endorser;
  /** The first one's organisation is the gateway's own. */
  readonly peers: readonly [EndorsingPeer, ...EndorsingPeer[]];
  readonly identities: IdentityDirectory;
  readonly orderer: Orderer;
  readonly transientStore: TransientStore;
  readonly ownEndorsements: OwnEndorsements;
  readonly log: Log;
}

/** `gateway.Gateway` but for its event stream (`internal/pkg/gateway`). */
export class GatewayService {
  constructor(private readonly options: GatewayOptions) {}

  async evaluate(
    request: Decoded<typeof evaluateRequest>,
  ): Promise<InstanceType<typeof gateway.EvaluateResponse>> {
    const proposal = readOrRefuse(request.proposedTransaction, "failed to unpack transaction proposal: ");
    this.#requireChannel(proposal.channel, status.UNAVAILABLE);
    const targets = request.targetOrganizations;
    const known = targets.length === 0 || this.options.peers.some(({ mspId }) => targets.includes(mspId));
    if (!known || !this.options.endorser.knows(proposal.invokedChaincode))
      throw new RpcError(
        status.FAILED_PRECONDITION,
        `no peers available to evaluate chaincode ${proposal.invokedChaincode} in channel ${proposal.channel}`,
      );
    const outcome = await this.options.endorser.process(proposal);
    if (outcome.kind === "answered" && isSuccess(outcome.response)) {
      const result = new peer.Response();
      result.setStatus(outcome.response.status);
      result.setMessage(outcome.response.message);
      result.setPayload(outcome.response.payload);
      const response = new gateway.EvaluateResponse();
      response.setResult(result);
      return response;
    }
    const message = messageOf(outcome);
    const details = [this.#detail(this.options.peers[0], message)];
    // Fabric tries the next peer after a failure of its own kind; here there is none left.
    if (outcome.kind === "failed")
      throw new RpcError(
        status.ABORTED,
        "failed to evaluate transaction, see attached details for more info",
        details,
      );
    const code = outcome.kind === "refused" ? status.FAILED_PRECONDITION : status.UNKNOWN;
    throw new RpcError(code, `evaluate call to endorser returned error: ${message}`, details);
  }

  async endorse(
    request: Decoded<typeof endorseRequest>,
  ): Promise<InstanceType<typeof gateway.EndorseResponse>> {
    const signed = request.proposedTransaction;
    if (!signed || signed.proposalBytes.length === 0)
      throw invalidArgument("the proposed transaction must contain a signed proposal");
    const proposal = readOrRefuse(signed, "");
    this.#requireChannel(proposal.channel, status.FAILED_PRECONDITION);
    const requested = request.endorsingOrganizations;
    const peers = this.#peersFor(requested);
    if (!this.options.endorser.knows(proposal.invokedChaincode))
      throw new RpcError(
        status.FAILED_PRECONDITION,
        "no combination of peers can be derived which satisfy the endorsement policy: no metadata was found for chaincode " +
          `${proposal.invokedChaincode} in channel ${proposal.channel}`,
      );
    const outcome = await this.options.orderer.expect(() => this.options.endorser.process(proposal));
    if (outcome.kind !== "answered" || !isSuccess(outcome.response)) {
      const message =
        requested.length > 0
          ? "failed to collect enough transaction endorsements, see attached details for more info"
          : "failed to endorse transaction, see attached details for more info";
      const asked = requested.length > 0 ? peers : [this.options.peers[0]];
      const details = asked.map((one) => this.#detail(one, messageOf(outcome)));
      throw new RpcError(status.ABORTED, message, details);
    }
    const { payload, simulation } = outcome;
    if (simulation?.privateWrites)
      await this.options.transientStore.keep(
        proposal.transactionId,
        payload,
        simulation.privateWrites,
        this.options.ledger.height,
      );
    const endorsements = await Promise.all(peers.map(({ signer }) => endorse(payload, signer)));
    this.options.ownEndorsements.remember(payload, endorsements);
    const envelope = new common.Envelope();
    envelope.setPayload(transactionPayload(proposal, payload, endorsements));
    const response = new gateway.EndorseResponse();
    response.setPreparedTransaction(envelope);
    return response;
  }

  async submit(request: Decoded<typeof submitRequest>): Promise<InstanceType<typeof gateway.SubmitResponse>> {
    const envelope = request.preparedTransaction;
    if (!envelope) throw invalidArgument("a prepared transaction is required");
    if (envelope.signature.length === 0) throw invalidArgument("prepared transaction must be signed");
    this.#requireChannel(request.channelId, status.FAILED_PRECONDITION);
    try {
      await this.options.orderer.submit(envelope);
      return new gateway.SubmitResponse();
    } catch (error) {
      if (!(error instanceof OrderingRefusedError)) throw error;
      throw new RpcError(
        status.ABORTED,
        `received unsuccessful response from orderer: status=${error.status}, info=${error.message}`,
      );
    }
  }

  /** Waits for a transaction that is not there yet until `signal` says that the client has gone. */
  async commitStatus(
    { request: bytes, signature }: SignedRequest,
    signal: AbortSignal,
  ): Promise<InstanceType<typeof gateway.CommitStatusResponse>> {
    if (bytes.length === 0) throw invalidArgument("a commit status request is required");
    const request = decodeOrRefuse(commitStatusRequest, bytes, "invalid status request");
    await this.requireReader(request.channelId, request.identity, bytes, signature);
    const found = await this.options.orderer.committed(request.transactionId, signal);
    const response = new gateway.CommitStatusResponse();
    response.setResult(found.code as peer.TxValidationCodeMap[keyof peer.TxValidationCodeMap]);
    response.setBlockNumber(found.block);
    return response;
  }

  /** `peer.Endorser/ProcessProposal`, for clients that talk to a peer without its gateway. */
  async processProposal(signed: SignedProposal): Promise<InstanceType<typeof peer.ProposalResponse>> {
    const outcome = await this.options.endorser.process(readOrRefuse(signed, ""));
    if (outcome.kind === "refused") throw new RpcError(status.UNKNOWN, outcome.message);
    const result = new peer.Response();
    const response = new peer.ProposalResponse();
    response.setResponse(result);
    if (outcome.kind === "failed") {
      result.setStatus(500);
      result.setMessage(outcome.message);
      return response;
    }
    result.setStatus(outcome.response.status);
    result.setMessage(outcome.response.message);
    result.setPayload(outcome.response.payload);
    if (!isSuccess(outcome.response)) return response;
    const { endorser, signature } = await endorse(outcome.payload, this.options.peers[0].signer);
    const endorsement = new peer.Endorsement();
    endorsement.setEndorser(endorser);
    endorsement.setSignature(signature);
    response.setVersion(1);
    response.setPayload(outcome.payload);
    response.setEndorsement(endorsement);
    return response;
  }

  /** @throws RpcError PERMISSION_DENIED unless a member of the channel signed `message` */
  async requireReader(
    channel: string,
    creator: Uint8Array,
    message: Uint8Array,
    signature: Uint8Array,
  ): Promise<void> {
    const policy = "/Channel/Application/Readers";
    if (channel !== this.options.channel)
      throw new RpcError(status.PERMISSION_DENIED, `Failed to get policy manager for channel [${channel}]`);
    try {
      await requireMember(this.options.identities, "Readers", creator, message, signature);
    } catch (error) {
      if (!(error instanceof AccessDeniedError)) throw error;
      throw new RpcError(
        status.PERMISSION_DENIED,
        `Failed evaluating policy on signed data during check policy on channel [${channel}] with policy [${policy}]: [${error.message}]`,
      );
    }
  }

  #requireChannel(channel: string, code: status): void {
    if (channel !== this.options.channel)
      throw new RpcError(code, `failed to get config for channel [${channel}]: channel does not exist`);
  }

  #peersFor(requested: readonly string[]): readonly EndorsingPeer[] {
    if (requested.length === 0) return this.options.peers;
    const { peers } = this.options;
    const missing = requested.filter((wanted) => !peers.some(({ mspId }) => mspId === wanted));
    if (missing.length > 0)
      throw new RpcError(
        status.UNAVAILABLE,
        `failed to find any endorsing peers for org(s): ${missing.join(", ")}`,
      );
    return peers.filter(({ mspId }) => requested.includes(mspId));
  }

  #detail({ address, mspId }: EndorsingPeer, message: string): ErrorDetail {
    return { address, mspId, message };
  }
}

/** @throws RpcError INVALID_ARGUMENT where the bytes are none */
export function decodeOrRefuse<T>(kind: Message<T>, bytes: Uint8Array, reason: string): T {
  try {
    return decode(kind, bytes);
  } catch (error) {
    if (error instanceof UndecodableError) throw invalidArgument(`${reason}: ${error.message}`);
    throw error;
  }
}

function readOrRefuse(signed: SignedProposal | undefined, prefix: string): Proposal {
  if (!signed || signed.proposalBytes.length === 0)
    throw invalidArgument(`${prefix}a signed proposal is required`);
  try {
    return readProposal(signed);
  } catch (error) {
    if (error instanceof ProposalFormatError) throw invalidArgument(prefix + error.message);
    throw error;
  }
}

/** What the gateway passes on of an outcome that is no success (`apiutils.go`, responseStatus). */
function messageOf(outcome: Outcome): string {
  if (outcome.kind !== "answered") return outcome.message;
  return `chaincode response ${outcome.response.status}, ${outcome.response.message}`;
}
