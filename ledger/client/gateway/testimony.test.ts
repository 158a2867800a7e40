import { status } from "@grpc/grpc-js";
import { type Contract, GatewayError } from "@hyperledger/fabric-gateway";
import { expect, it } from "vitest";
import type { Connection } from "../connection";
import { testimonies } from "./testimony";

const connection = {
  channel: "cocity",
  organisations: [{ mspId: "ComuneMSP", peers: [{ name: "peer.comune", endpoint: "localhost:7051" }] }],
} as unknown as Connection;

/** `qscc` of a peer whose chain has these heights, one for each answer; block n's bytes are [n]. */
function peerWithHeights(...heights: number[]): () => Contract {
  const answer = (query: string, number: number): Uint8Array => {
    const height = heights.shift();
    if (height === undefined) throw new Error("asked more often than expected");
    if (query === "GetChainInfo") return Uint8Array.of(0x08, height);
    if (number < height) return Uint8Array.of(number);
    throw notFound(`no such block number [${number}] in index`);
  };
  const newProposal = (query: string, options: { arguments: string[] }) => ({
    evaluate: async () => answer(query, Number(options.arguments[1])),
  });
  return () => ({ newProposal }) as unknown as Contract;
}

function notFound(message: string): GatewayError {
  const cause = Object.assign(new Error(message), {
    ...{ code: status.UNKNOWN, details: message, metadata: undefined as never },
  });
  return new GatewayError({ code: status.UNKNOWN, details: [], message, cause });
}

async function saidOf(peer: () => Contract, number: number) {
  const [testimony] = await testimonies(connection, peer, { number }, 1_000);
  return testimony?.said;
}

it("a block that a peer gets between two answers is there", async () => {
  expect(await saidOf(peerWithHeights(5, 6, 6), 5)).toEqual({ what: "block", bytes: Uint8Array.of(5) });
});

it("a peer that is not as far tells its height", async () => {
  expect(await saidOf(peerWithHeights(4, 4, 4), 5)).toEqual({ what: "none", height: 4 });
});

it("a block that is missing after its height was told is missing", async () => {
  expect(await saidOf(peerWithHeights(4, 7, 4), 5)).toEqual({ what: "none", height: 7 });
});

it("a peer that has the block is asked once", async () => {
  expect(await saidOf(peerWithHeights(6), 5)).toEqual({ what: "block", bytes: Uint8Array.of(5) });
});
