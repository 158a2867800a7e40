/** The roll of a round: a Merkle tree over salted leaves, so that one entry can be shown to be in it without the others. Pure. */
import { createHash } from "node:crypto";

export type RollLeaf = { fiscalNumberHash: string; salt: string };

/** Leaf hash: SHA-256 over 0x00, the salt and the keyed hash of the fiscal number (RFC 6962, section 2.1). */
export function leafHash({ fiscalNumberHash, salt }: RollLeaf): Buffer {
  return createHash("sha256")
    .update(Buffer.of(0))
    .update(Buffer.from(salt + fiscalNumberHash, "hex"))
    .digest();
}

/**
 * The tree over leaves that come one after the other (Merkle tree hash of RFC 6962, section 2.1). Keeps one hash for
 * each whole subtree and no leaf, so that a roll of any size takes no room.
 */
export class RollTree {
  /** Whole subtrees from the left, each twice the next or more. */
  readonly #subtrees: { leaves: number; hash: Buffer }[] = [];
  size = 0;

  add(leaf: RollLeaf): void {
    this.size += 1;
    let last = { leaves: 1, hash: leafHash(leaf) };
    for (;;) {
      const before = this.#subtrees.at(-1);
      if (before?.leaves !== last.leaves) break;
      this.#subtrees.pop();
      last = { leaves: 2 * last.leaves, hash: nodeHash(before.hash, last.hash) };
    }
    this.#subtrees.push(last);
  }

  /** Hexadecimal. @throws RangeError when there is no leaf: nobody could vote. */
  root(): string {
    const hashes = this.#subtrees.map(({ hash }) => hash);
    if (hashes.length === 0) throw new RangeError("an empty roll has no root");
    return hashes.reduceRight((right, left) => nodeHash(left, right)).toString("hex");
  }
}

function nodeHash(left: Buffer, right: Buffer): Buffer {
  return createHash("sha256").update(Buffer.of(1)).update(left).update(right).digest();
}
