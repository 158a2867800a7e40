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
 * Root of the tree over the leaves in their order, hexadecimal (Merkle tree hash of RFC 6962, section 2.1).
 * @throws RangeError when there is no leaf: nobody could vote.
 */
export function rollRoot(leaves: readonly RollLeaf[]): string {
  if (leaves.length === 0) throw new RangeError("an empty roll has no root");
  let level = leaves.map(leafHash);
  while (level.length > 1) {
    const next: Buffer[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i] as Buffer, level[i + 1]];
      next.push(right ? createHash("sha256").update(Buffer.of(1)).update(left).update(right).digest() : left);
    }
    level = next;
  }
  return (level[0] as Buffer).toString("hex");
}
