import { status } from "@grpc/grpc-js";
import { type Contract, GatewayError } from "@hyperledger/fabric-gateway";
import { log } from "../../../lib/log";
import { decode } from "../../evidence/protobuf/decode";
import { blockchainInfo } from "../../evidence/protobuf/messages";
import type { Connection, ConnectionOrganisation, ConnectionPeer } from "../connection";
import { fullMessage } from "./full-message";

/** Which block is asked for: that which holds a transaction, or that of a number. */
export type BlockQuestion = { readonly transactionId: string } | { readonly number: number };

/** What an organisation's own peer says when it is asked for a block. */
export interface Testimony {
  readonly mspId: string;
  /** The peer that answered, or the last one that did not. */
  readonly peer: string;
  /** `block`: the serialised `common.Block`. `none`: it has `height` blocks, and not this one among them. */
  readonly said:
    | { readonly what: "block"; readonly bytes: Uint8Array }
    | { readonly what: "none"; readonly height: number }
    | { readonly what: "nothing" };
}

/**
 * Asks each organisation's own peers for a block, one after the other until one answers, whatever other organisations say.
 * Which organisation answers is known by its TLS certificate.
 * @param systemChaincode `qscc` as a peer's endpoint offers it
 * @param patience milliseconds that a peer may take for one answer
 */
export function testimonies(
  connection: Connection,
  systemChaincode: (endpoint: string) => Contract,
  question: BlockQuestion,
  patience: number,
): Promise<Testimony[]> {
  return Promise.all(
    connection.organisations.map(async (organisation) => {
      let testimony: Testimony = { mspId: organisation.mspId, peer: "", said: { what: "nothing" } };
      for (const peer of organisation.peers) {
        const qscc = systemChaincode(peer.endpoint);
        testimony = await ask(qscc, connection.channel, organisation, peer, question, patience);
        if (testimony.said.what !== "nothing") break;
      }
      return testimony;
    }),
  );
}

async function ask(
  qscc: Contract,
  channel: string,
  { mspId }: ConnectionOrganisation,
  { name: peer }: ConnectionPeer,
  question: BlockQuestion,
  patience: number,
): Promise<Testimony> {
  // The gateway of one organisation's peer would also pass a question on to another's.
  const evaluate = (query: string, ...parameters: string[]) =>
    qscc
      .newProposal(query, { arguments: [channel, ...parameters], endorsingOrganizations: [mspId] })
      .evaluate({ deadline: Date.now() + patience });
  const block = () =>
    ("transactionId" in question
      ? evaluate("GetBlockByTxID", question.transactionId)
      : evaluate("GetBlockByNumber", String(question.number))
    ).catch((error: unknown) => {
      if (error instanceof GatewayError && notThere.test(fullMessage(error))) return undefined;
      throw error;
    });
  try {
    let bytes = await block();
    let height = 0;
    if (!bytes) {
      height = decode(blockchainInfo, await evaluate("GetChainInfo")).height;
      // The block may have come between the two answers: only what is missing after its height was told is missing.
      bytes = await block();
    }
    return { mspId, peer, said: bytes ? { what: "block", bytes } : { what: "none", height } };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    if (error.code !== status.UNAVAILABLE && error.code !== status.DEADLINE_EXCEEDED)
      log.warn({ peer, mspId, reason: fullMessage(error) }, "a peer does not say which block it has");
    return { mspId, peer, said: { what: "nothing" } };
  }
}

/** By which text `qscc` says that it has no such transaction or block: Fabric 2.5, and before it. */
export const notThere =
  /no such transaction ID|no such block number|entry not found in index|not found in index/i;
