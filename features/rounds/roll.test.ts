import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leafHash, type RollLeaf, RollTree } from "./roll";

const hex = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString("hex"));
const leaf = fc.record({ fiscalNumberHash: hex, salt: hex });

/** Merkle tree hash as RFC 6962 defines it, by recursion. */
function reference(leaves: readonly RollLeaf[]): Buffer {
  if (leaves.length === 1) return leafHash(leaves[0] as RollLeaf);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const [left, right] = [reference(leaves.slice(0, split)), reference(leaves.slice(split))];
  return createHash("sha256").update(Buffer.of(1)).update(left).update(right).digest();
}

function rollRoot(leaves: readonly RollLeaf[]): string {
  const tree = new RollTree();
  for (const leaf of leaves) tree.add(leaf);
  expect(tree.size).toBe(leaves.length);
  return tree.root();
}

describe("the root of a roll", () => {
  it("is the Merkle tree hash of RFC 6962", () => {
    fc.assert(
      fc.property(fc.array(leaf, { minLength: 1, maxLength: 40 }), (leaves) => {
        expect(rollRoot(leaves)).toBe(reference(leaves).toString("hex"));
      }),
    );
  });

  it("changes with every entry and refuses an empty roll", () => {
    fc.assert(
      fc.property(fc.array(leaf, { minLength: 1, maxLength: 9 }), leaf, fc.nat(), (leaves, other, place) => {
        const changed = [...leaves];
        changed[place % leaves.length] = other;
        expect(rollRoot(changed)).not.toBe(rollRoot(leaves));
      }),
    );
    expect(() => rollRoot([])).toThrow(RangeError);
  });
});
