/** The roll of a round: a Merkle tree over salted leaves, so that one entry can be shown to be in it without the others. Pure. */
import { leafHash as hashOfEntry, MerkleTree } from "@/voting/merkle-tree";

export type RollLeaf = { fiscalNumberHash: string; salt: string };

/** Of an entry: the salt and the keyed hash of the fiscal number. */
export function leafHash({ fiscalNumberHash, salt }: RollLeaf): Buffer {
  return Buffer.from(hashOfEntry(Buffer.from(salt + fiscalNumberHash, "hex")));
}

/** The tree over leaves that come one after the other. */
export class RollTree {
  readonly #tree = new MerkleTree();

  add(leaf: RollLeaf): void {
    this.#tree.add(leafHash(leaf));
  }

  get size(): number {
    return this.#tree.size;
  }

  /** Hexadecimal. @throws RangeError when there is no leaf: nobody could vote. */
  root(): string {
    if (this.size === 0) throw new RangeError("an empty roll has no root");
    return Buffer.from(this.#tree.root()).toString("hex");
  }
}
