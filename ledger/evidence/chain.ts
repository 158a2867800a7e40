import { blockCodes, type RawBlock, readBlock } from "./block";
import { validationCodes } from "./codes";
import { ChainError } from "./errors";
import { blockDataHash, headerHash } from "./hash";
import { hasOwnId } from "./transaction";
import type { Block } from "./types";

/** The end of the chain so far. */
export interface ChainEnd {
  /** Number the next block must have. */
  readonly height: number;
  /** Header hash of the last block; empty before block 0. */
  readonly hash: Uint8Array;
}

export const emptyChain: ChainEnd = { height: 0, hash: new Uint8Array(0) };

/**
 * Checks that a block follows: number, previous hash, the hash of its data and one validation code a transaction.
 * Returns the new end; throws `ChainError` naming the block.
 */
export function checkBlock(raw: RawBlock, end: ChainEnd): ChainEnd {
  const { height } = end;
  if (raw.number !== height) throw new ChainError(height, "number", `it calls itself block ${raw.number}`);
  if (!same(raw.previousHash, end.hash)) {
    throw new ChainError(height, "previousHash", "it does not follow the block before it");
  }
  if (!same(blockDataHash(raw.envelopes), raw.dataHash)) {
    throw new ChainError(height, "dataHash", "its transactions are not those its header commits to");
  }
  const codes = blockCodes(raw);
  if (codes.length !== raw.envelopes.length || codes.includes(validationCodes.NOT_VALIDATED)) {
    throw new ChainError(height, "codes", "its validation codes are not one for each transaction");
  }
  return { height: height + 1, hash: headerHash(raw.number, raw.previousHash, raw.dataHash) };
}

/** Throws `ChainError` when a valid transaction cannot be read, or its id is not the hash of its nonce and creator. */
export function checkTransactionIds(block: Block): void {
  for (const transaction of block.transactions) {
    if (transaction.code === validationCodes.VALID && transaction.unreadable) {
      const { reason } = transaction.unreadable;
      throw new ChainError(
        block.number,
        "unreadable",
        `transaction ${transaction.index} counts as valid and cannot be read: ${reason}`,
      );
    }
    if (transaction.code === validationCodes.VALID && transaction.action && !hasOwnId(transaction)) {
      throw new ChainError(
        block.number,
        "transactionId",
        `transaction ${transaction.index} has an id that is not its own`,
      );
    }
  }
}

/**
 * Checks a run of serialised blocks. `from` is the end of the chain before them.
 * Throws `ChainError` or `BlockFormatError` at the first that does not follow.
 */
export async function checkChain(
  blocks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  from: ChainEnd = emptyChain,
): Promise<ChainEnd> {
  let end = from;
  for await (const bytes of blocks) end = checkBlock(readBlock(bytes), end);
  return end;
}

export function same(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}
