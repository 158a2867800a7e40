import { peer } from "@hyperledger/fabric-protos";
import type { chaincodeMessage } from "../../evidence/protobuf/chaincode";
import { type Decoded, decode, UndecodableError } from "../../evidence/protobuf/decode";
import { response as responseMessage, type SignedProposal } from "../../evidence/protobuf/messages";
import type { Collections } from "../chaincode/collections";
import { InvocationError } from "../chaincode/errors";
import { Invocation } from "../chaincode/invocation";
import type { Log } from "../log";
import type { Identity, IdentityDirectory } from "../msp/identity";
import type { Ledger, SimulationResult } from "../store/types";
import { authenticateProposal, type Proposal, ProposalRefusedError } from "./proposal";
import { type ChaincodeResponse, type ProposedEvent, responsePayload } from "./response";

export type ChaincodeMessage = Decoded<typeof chaincodeMessage>;

/** Runs invocations in the chaincode's process. */
export interface ChaincodeRuntime {
  /** @throws InvocationError */
  invoke(invocation: Invocation, input: Uint8Array, proposal: SignedProposal): Promise<ChaincodeMessage>;
}

/** A chaincode inside the peer. */
export interface SystemChaincode {
  readonly name: string;
  invoke(args: readonly Uint8Array[], creator: Identity): Promise<ChaincodeResponse>;
}

export interface ChaincodeDefinition {
  readonly name: string;
  readonly version: string;
}

/** What came of a proposal; how the gateway reports it depends on the kind. */
export type Outcome =
  /** Refused before anything ran. */
  | { readonly kind: "refused"; readonly message: string }
  /** The peer could not run it; another peer might. */
  | { readonly kind: "failed"; readonly message: string }
  /** The chaincode answered, with success or with an error. */
  | {
      readonly kind: "answered";
      readonly response: ChaincodeResponse;
      /** Serialised `peer.ProposalResponsePayload`; empty unless the chaincode succeeded. */
      readonly payload: Uint8Array;
      readonly simulation?: SimulationResult;
    };

/** Statuses below are success, from here on errors (`shim.ERRORTHRESHOLD`). */
const errorThreshold = 400;

export interface EndorserOptions {
  readonly channel: string;
  readonly chaincode: ChaincodeDefinition;
  readonly ledger: Ledger;
  readonly identities: IdentityDirectory;
  readonly collections: Collections;
  readonly runtime: ChaincodeRuntime;
  readonly systemChaincodes: readonly SystemChaincode[];
  readonly log: Log;
}

/** Simulates proposals (`core/endorser/endorser.go`). Signing what comes out is for the gateway. */
export class Endorser {
  readonly #systemChaincodes: ReadonlyMap<string, SystemChaincode>;

  constructor(private readonly options: EndorserOptions) {
    this.#systemChaincodes = new Map(options.systemChaincodes.map((one) => [one.name, one]));
  }

  /** True if the peer can run this chaincode. */
  knows(chaincode: string): boolean {
    return chaincode === this.options.chaincode.name || this.#systemChaincodes.has(chaincode);
  }

  async process(proposal: Proposal): Promise<Outcome> {
    const { channel, identities, ledger } = this.options;
    // The `peer` command asks about a channel by a proposal of no channel, as Fabric lets it ask system chaincodes.
    const isOfPeer = proposal.channel === "" && this.#systemChaincodes.has(proposal.chaincode);
    if (proposal.channel !== channel && !isOfPeer)
      return { kind: "failed", message: `channel '${proposal.channel}' not found` };
    let creator: Identity;
    try {
      creator = await authenticateProposal(proposal, identities);
      if (await ledger.locate(proposal.transactionId))
        throw new ProposalRefusedError(
          `duplicate transaction found [${proposal.transactionId}]. Creator [${Buffer.from(proposal.creator).toString("hex")}]`,
        );
    } catch (error) {
      if (!(error instanceof ProposalRefusedError)) throw error;
      this.options.log.warn("proposal refused", { txId: proposal.transactionId, reason: error.message });
      return { kind: "refused", message: error.message };
    }
    const system = this.#systemChaincodes.get(proposal.chaincode);
    if (system) return this.#answer(proposal, await system.invoke(proposal.args, creator));
    if (proposal.chaincode !== this.options.chaincode.name)
      return {
        kind: "failed",
        message: `make sure the chaincode ${proposal.chaincode} has been successfully defined on channel ${channel} and try again: chaincode ${proposal.chaincode} not found`,
      };
    return this.#simulate(proposal, creator);
  }

  async #simulate(proposal: Proposal, creator: Identity): Promise<Outcome> {
    const { channel, chaincode, collections, ledger, runtime } = this.options;
    const simulator = ledger.simulator(proposal.transactionId);
    const invocation = new Invocation(
      channel,
      proposal.transactionId,
      chaincode.name,
      simulator,
      collections.accessOf(creator),
    );
    try {
      const signed = { proposalBytes: proposal.bytes, signature: proposal.signature };
      const { type, payload, chaincodeEvent } = await runtime.invoke(invocation, proposal.input, signed);
      if (type === peer.ChaincodeMessage.Type.ERROR)
        return failure(`transaction returned with failure: ${text(payload)}`);
      const response = responseOf(payload);
      const event =
        response.status < errorThreshold && chaincodeEvent
          ? { ...chaincodeEvent, chaincodeId: chaincode.name, txId: proposal.transactionId }
          : undefined;
      return this.#answer(proposal, response, simulator.result(), event);
    } catch (error) {
      if (error instanceof InvocationError)
        return failure(`failed to execute transaction ${proposal.transactionId}: ${error.message}`);
      // What the simulator refuses at its end, such as writing after a paginated query.
      if (error instanceof Error && error.name === "SimulationError") return failure(error.message);
      throw error;
    } finally {
      await simulator.close();
    }
  }

  #answer(
    proposal: Proposal,
    response: ChaincodeResponse,
    simulation?: SimulationResult,
    event?: ProposedEvent,
  ): Outcome {
    const { version } = this.options.chaincode;
    const results = simulation?.publicSet ?? new Uint8Array(0);
    const payload = responsePayload(proposal, response, results, event, version);
    return { kind: "answered", response, payload, ...(simulation && { simulation }) };
  }
}

/** Whether the chaincode's answer may become a transaction. */
export function isSuccess(response: ChaincodeResponse): boolean {
  return response.status >= 200 && response.status < errorThreshold;
}

function responseOf(bytes: Uint8Array): ChaincodeResponse {
  try {
    return decode(responseMessage, bytes);
  } catch (error) {
    if (!(error instanceof UndecodableError)) throw error;
    throw new InvocationError(`the chaincode's answer cannot be read: ${error.message}`);
  }
}

function failure(reason: string): Outcome {
  return { kind: "failed", message: `error in simulation: ${reason}` };
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}
