/**
 * A round's public evidence in one file: every block of its channel, those that say nothing of the round without their
 * transactions. Whoever reads it follows the whole chain by its headers and their signatures.
 *
 * The file is `COCITY-BUNDLE-1` and a line feed, then frames: kind (1) ‖ length (4, big-endian) ‖ bytes.
 *
 *     1  head   UTF-8 JSON { municipality, round }, once, first
 *     2  block  a serialised common.Block
 *     3  header a common.Block with its header and the orderers' signatures alone
 *     4  end    height of the chain (8) ‖ hash of its last header (32), once, last: a file without it was cut
 */
import { common } from "@hyperledger/fabric-protos";
import { encodeBlock, parseBlock, type RawBlock, readBlock } from "./block";
import type { ChainEnd } from "./chain";
import { headerHash } from "./hash";
import { writtenParts } from "./state-key";
import type { Block } from "./types";

export const MAGIC = "COCITY-BUNDLE-1\n";
export const frameKinds = { head: 1, block: 2, header: 3, end: 4 } as const;
/** Longest frame: a block of the longest that an orderer cuts, and more. */
export const LONGEST_FRAME = 256 * 1024 * 1024;

export interface BundleOf {
  readonly municipality: string;
  readonly round: string;
}

/** Records outside the round without which nobody can tell who signed. */
const ofEveryRound = new Set(["municipality", "day", "passkey", "official", "office", "signing_key"]);

/** Whether a key holds something of a round, or of who may act in its municipality. @param parts from `writtenParts` */
export function isAbout(
  [of, type = "", id]: readonly string[],
  { municipality, round }: Partial<BundleOf>,
): boolean {
  if (of === undefined || (municipality !== undefined && of !== municipality)) return false;
  return id === round || ofEveryRound.has(type);
}

/** The frames of a bundle, in order. Holds one block at a time. @param blocks serialised, from block 0 */
export async function* bundleFrames(
  blocks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  of: BundleOf,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(MAGIC);
  yield frame(
    frameKinds.head,
    Buffer.from(JSON.stringify({ municipality: of.municipality, round: of.round })),
  );
  let end: ChainEnd = { height: 0, hash: new Uint8Array(32) };
  for await (const bytes of blocks) {
    const raw = readBlock(bytes);
    const whole = raw.number === 0 || concerns(parseBlock(bytes), of);
    yield whole
      ? frame(frameKinds.block, bytes)
      : frame(frameKinds.header, encodeBlock(withoutTransactions(raw)));
    end = { height: raw.number + 1, hash: headerHash(raw.number, raw.previousHash, raw.dataHash) };
  }
  const last = Buffer.alloc(40);
  last.writeBigUInt64BE(BigInt(end.height));
  last.set(end.hash, 8);
  yield frame(frameKinds.end, last);
}

/** Whether a block changes the channel, or anything of the round or of those who act in its municipality. */
export function concerns(block: Block, of: BundleOf): boolean {
  return block.transactions.some(
    ({ type, action }) =>
      type === common.HeaderType.CONFIG ||
      (action?.writes ?? []).some(({ key }) => isAbout(writtenParts(key), of)),
  );
}

/** Its header, and what the orderers signed with it. */
function withoutTransactions(raw: RawBlock): RawBlock {
  const signatures = raw.metadata[common.BlockMetadataIndex.SIGNATURES] ?? new Uint8Array(0);
  return { ...raw, envelopes: [], metadata: [signatures] };
}

function frame(kind: number, bytes: Uint8Array): Uint8Array {
  const head = Buffer.alloc(5);
  head.writeUInt8(kind);
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}
