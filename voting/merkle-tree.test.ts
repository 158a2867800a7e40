import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { inclusionProof, leafHash, MerkleTree, merkleRoot, rootOfProof, rootOfSubtrees } from "./merkle-tree";

const entries = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 40 });

/** Merkle tree hash as RFC 6962 defines it, by recursion over the entries. */
function reference(list: readonly Uint8Array[]): Buffer {
  const hash = (...parts: Uint8Array[]) => createHash("sha256").update(Buffer.concat(parts)).digest();
  if (list.length === 1) return hash(Buffer.of(0), list[0] as Uint8Array);
  let split = 1;
  while (split * 2 < list.length) split *= 2;
  return hash(Buffer.of(1), reference(list.slice(0, split)), reference(list.slice(split)));
}

test("the root is that of RFC 6962", () => {
  fc.assert(
    fc.property(entries, (list) => {
      expect(merkleRoot(list.map(leafHash))).toEqual(Uint8Array.from(reference(list)));
    }),
  );
  expect(new MerkleTree().root()).toEqual(Uint8Array.from(createHash("sha256").digest()));
});

test("a proof leads from its leaf at its place to the root, and from nothing else", () => {
  fc.assert(
    fc.property(entries, fc.nat(), fc.nat(), (list, at, other) => {
      const leaves = list.map(leafHash);
      const index = at % leaves.length;
      const leaf = leaves[index] as Uint8Array;
      const root = merkleRoot(leaves);
      const proof = inclusionProof(leaves, index);
      expect(rootOfProof(leaf, index, leaves.length, proof)).toEqual(root);
      expect(rootOfProof(leafHash(Uint8Array.of(1, 2, 3, 4)), index, leaves.length, proof)).not.toEqual(root);
      expect(rootOfProof(leaf, index, leaves.length, [...proof, leaf])).not.toEqual(root);
      if (proof.length > 0) {
        expect(rootOfProof(leaf, index, leaves.length, proof.slice(1))).not.toEqual(root);
        const changed = proof.map((hash, i) =>
          i === other % proof.length ? hash.with(0, (hash[0] as number) ^ 1) : hash,
        );
        expect(rootOfProof(leaf, index, leaves.length, changed)).not.toEqual(root);
      }
    }),
  );
});

test("places outside the list have no proof", () => {
  const leaves = [leafHash(Uint8Array.of(1)), leafHash(Uint8Array.of(2))];
  for (const index of [-1, 2, 0.5]) {
    expect(() => inclusionProof(leaves, index)).toThrow(RangeError);
    expect(rootOfProof(leaves[0] as Uint8Array, index, 2, [leaves[1] as Uint8Array])).toBeNull();
  }
});

test("the roots of subtrees of one size lead to the same root", () => {
  fc.assert(
    fc.property(entries, fc.constantFrom(1, 2, 4, 8), (list, size) => {
      const leaves = list.map(leafHash);
      const roots = Array.from({ length: Math.ceil(leaves.length / size) }, (_, i) =>
        merkleRoot(leaves.slice(i * size, (i + 1) * size)),
      );
      expect(rootOfSubtrees(roots)).toEqual(merkleRoot(leaves));
    }),
  );
  expect(rootOfSubtrees([])).toEqual(merkleRoot([]));
});
