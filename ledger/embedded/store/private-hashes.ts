import { same } from "../../evidence/chain";
import { validationCodes } from "../../evidence/codes";
import { sha256 } from "../../evidence/hash";
import { parsePrivateWrites } from "../../evidence/private-writes";
import type { Transaction } from "../../evidence/types";
import type { BlockPrivateWrites, PrivateWrites } from "./private-store";
import type { PreparedTransaction } from "./types";

/**
 * The private write sets of a block's valid transactions, of those collections whose public hash they match. A set that
 * does not match belongs to another simulation of the same proposal and is left out, as Fabric's coordinator does: the
 * value then counts as missing.
 */
export function matchingPrivateWrites(
  batch: readonly PreparedTransaction[],
  codes: Uint8Array,
): BlockPrivateWrites {
  const matching = new Map<number, PrivateWrites[]>();
  for (const [index, { transaction, privateWrites }] of batch.entries()) {
    if (!privateWrites || codes[index] !== validationCodes.VALID) continue;
    const sets = parsePrivateWrites(privateWrites).filter((set) =>
      same(sha256(set.bytes), publicHash(transaction, set)),
    );
    if (sets.length > 0) matching.set(index, sets);
  }
  return matching;
}

function publicHash(
  transaction: Transaction,
  { namespace, collection }: Pick<PrivateWrites, "namespace" | "collection">,
): Uint8Array {
  const found = transaction.action?.readWriteSets
    .find((set) => set.namespace === namespace)
    ?.collections.find((each) => each.collection === collection);
  return found?.privateHash ?? new Uint8Array(0);
}
