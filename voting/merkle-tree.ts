/** Merkle trees of RFC 6962, section 2.1, over SHA-256: one root for a list, and proofs that an entry is in it. */
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes } from "@noble/hashes/utils.js";

/** The hash of an entry. */
export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256(concatBytes(Uint8Array.of(0), entry));
}

export interface Subtree {
  /** A power of two. */
  readonly leaves: number;
  readonly hash: Uint8Array;
}

/**
 * The tree over leaves that come one after the other. Keeps one hash for each whole subtree and no leaf, so that a list of
 * any length takes no room.
 */
export class MerkleTree {
  /** Whole subtrees from the left, each twice the next or more. */
  readonly #subtrees: Subtree[] = [];
  size = 0;

  /** A tree as `subtrees` of an earlier one left it. */
  static from(subtrees: Iterable<Subtree>): MerkleTree {
    const tree = new MerkleTree();
    for (const subtree of subtrees) {
      tree.#subtrees.push(subtree);
      tree.size += subtree.leaves;
    }
    return tree;
  }

  /** All that the tree keeps: whole subtrees from the left. */
  subtrees(): Subtree[] {
    return [...this.#subtrees];
  }

  /** @param leaf from `leafHash` */
  add(leaf: Uint8Array): void {
    this.size += 1;
    let last: Subtree = { leaves: 1, hash: leaf };
    for (;;) {
      const before = this.#subtrees.at(-1);
      if (before?.leaves !== last.leaves) break;
      this.#subtrees.pop();
      last = { leaves: 2 * last.leaves, hash: nodeHash(before.hash, last.hash) };
    }
    this.#subtrees.push(last);
  }

  /** The hash of no bytes where there is no leaf. */
  root(): Uint8Array {
    const hashes = this.#subtrees.map(({ hash }) => hash);
    if (hashes.length === 0) return sha256(new Uint8Array());
    return hashes.reduceRight((right, left) => nodeHash(left, right));
  }
}

export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const tree = new MerkleTree();
  for (const leaf of leaves) tree.add(leaf);
  return tree.root();
}

/** The hashes beside the way from a leaf to the root, from the leaf up. @throws {RangeError} for a leaf that is not there */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError("no such leaf");
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...inclusionProof(left, index), merkleRoot(right)]
    : [...inclusionProof(right, index - split), merkleRoot(left)];
}

/** The root that a proof leads to, or null for a proof that no tree of this size has. */
export function rootOfProof(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
): Uint8Array | null {
  if (!Number.isInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return null;
  if (size === 1) return proof.length === 0 ? leaf : null;
  const beside = proof.at(-1);
  if (beside === undefined) return null;
  const split = splitOf(size);
  const isLeft = index < split;
  const below = rootOfProof(
    leaf,
    isLeft ? index : index - split,
    isLeft ? split : size - split,
    proof.slice(0, -1),
  );
  if (below === null) return null;
  return isLeft ? nodeHash(below, beside) : nodeHash(beside, below);
}

/**
 * The root over subtrees that follow each other: all of one size that is a power of two, the last of that size or
 * smaller.
 */
export function rootOfSubtrees(roots: readonly Uint8Array[]): Uint8Array {
  const [only] = roots;
  if (only === undefined) return sha256(new Uint8Array());
  if (roots.length === 1) return only;
  const split = splitOf(roots.length);
  return nodeHash(rootOfSubtrees(roots.slice(0, split)), rootOfSubtrees(roots.slice(split)));
}

function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concatBytes(Uint8Array.of(1), left, right));
}

/** The greatest power of two below a size above 1. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}
