import { type Evidence, evidenceOfBlocks } from "@/verifier/chain/frames";
import type { Item } from "@/verifier/items";
import { type Verification, type VerifyOptions, verifyRound } from "@/verifier/verify-round";

export async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

export const blocksEvidence = (blocks: Iterable<Uint8Array>): Evidence => evidenceOfBlocks(each(blocks));

/** Items that fail, with what is said of them. */
export async function failing(
  evidence: Evidence,
  options: VerifyOptions,
): Promise<{ items: Item[]; text: string; verification: Verification }> {
  const verification = await verifyRound(evidence, options);
  const failed = verification.items.filter(({ status }) => status === "fails");
  return {
    items: failed.map(({ item }) => item),
    text: failed.flatMap(({ item, faults }) => faults.map((fault) => `${item}: ${fault}`)).join("\n"),
    verification,
  };
}
