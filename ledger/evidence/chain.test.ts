import { expect, test } from "vitest";
import { encodeBlock, parseBlock, type RawBlock, readBlock } from "./block";
import { checkChain, emptyChain } from "./chain";
import { makeConfigEnvelope } from "./envelope-fixture";
import { BlockFormatError, ChainError } from "./errors";
import { blockDataHash, headerHash } from "./hash";

test("a chain is followed to its end, from the beginning and from the middle", async () => {
  const blocks = chain(4);
  const end = await checkChain(blocks.map(encodeBlock));
  expect(end.height).toBe(4);
  const half = await checkChain(blocks.slice(0, 2).map(encodeBlock), emptyChain);
  expect(await checkChain(blocks.slice(2).map(encodeBlock), half)).toEqual(end);
});

test.each<[string, (raw: RawBlock) => RawBlock]>([
  ["number", (raw) => ({ ...raw, number: 7 })],
  ["previousHash", (raw) => ({ ...raw, previousHash: new Uint8Array(32) })],
  ["dataHash", (raw) => ({ ...raw, envelopes: [...raw.envelopes, ...raw.envelopes] })],
  ["codes", (raw) => ({ ...raw, metadata: raw.metadata.with(2, new Uint8Array(0)) })],
  ["codes", (raw) => ({ ...raw, metadata: raw.metadata.with(2, Uint8Array.of(254)) })],
])("a wrong %s is named with its block", async (fault, change) => {
  const blocks = chain(3).map((raw) => (raw.number === 1 ? change(raw) : raw));
  const error = await checkChain(blocks.map(encodeBlock)).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ChainError);
  expect(error).toMatchObject({ block: 1, fault });
});

test("encoding and reading a block are inverse, down to the bytes", () => {
  for (const raw of chain(2)) {
    const bytes = encodeBlock(raw);
    expect(Buffer.from(encodeBlock(readBlock(bytes))).equals(Buffer.from(bytes))).toBe(true);
    expect(parseBlock(bytes)).toMatchObject({ number: raw.number, transactions: [{ code: 0, type: 1 }] });
  }
});

test("bytes that are no block are said to be none", () => {
  expect(() => readBlock(Buffer.from("not a block"))).toThrow(BlockFormatError);
  expect(() => readBlock(Buffer.alloc(0))).toThrow(BlockFormatError);
});

function chain(length: number): RawBlock[] {
  const blocks: RawBlock[] = [];
  let previousHash: Uint8Array = new Uint8Array(0);
  for (let number = 0; number < length; number += 1) {
    const envelopes = [makeConfigEnvelope()];
    const dataHash = blockDataHash(envelopes);
    const metadata = [new Uint8Array(0), new Uint8Array(0), Uint8Array.of(0)];
    blocks.push({ number, previousHash, dataHash, envelopes, metadata });
    previousHash = headerHash(number, previousHash, dataHash);
  }
  return blocks;
}
