import { validationCodes } from "../../evidence/codes";
import type { ReadWriteSet } from "../../evidence/types";
import { validationParameterOf } from "./metadata";
import type { StateView } from "./state-database";
import type { Candidate, KeyPolicy, PolicyKey } from "./types";

/**
 * Asks each transaction's `checkKeyPolicies`, in block order, and puts its answer in `codes`. A key whose policy an
 * earlier transaction of the block changes is marked: nobody can have endorsed under a policy that is not yet in the
 * state (Fabric's `ValidationParameterUpdatedError`).
 */
export function checkPolicies(candidates: readonly Candidate[], codes: Uint8Array, state: StateView): void {
  const changed = new Set<string>();
  for (const [index, { transaction, checkKeyPolicies }] of candidates.entries()) {
    if (codes[index] !== validationCodes.VALID || !transaction.action) continue;
    const sets = transaction.action.readWriteSets;
    if (checkKeyPolicies) {
      const policies = writtenKeys(sets).map((key): KeyPolicy => {
        const parameter = validationParameter(key, state);
        const changedInBlock = changed.size > 0 && changed.has(identity(key));
        return { ...key, ...(parameter && { parameter }), changedInBlock };
      });
      codes[index] = checkKeyPolicies(policies);
    }
    if (codes[index] === validationCodes.VALID) {
      for (const key of keysWithNewMetadata(sets)) changed.add(identity(key));
    }
  }
}

/** The key's own endorsement policy in the state. */
export function validationParameter(key: PolicyKey, state: StateView): Uint8Array | undefined {
  const found =
    key.collection === undefined
      ? state.value(key.namespace, key.key)
      : state.hashed(key.namespace, key.collection, Buffer.from(key.key, "hex"));
  return validationParameterOf(found?.metadata);
}

function writtenKeys(sets: readonly ReadWriteSet[]): PolicyKey[] {
  const written = sets.flatMap(({ namespace, writes, collections }) => [
    ...writes.map(({ key }) => ({ namespace, key })),
    ...collections.flatMap(({ collection, writes: hashed }) =>
      hashed.map(({ keyHash }) => ({ namespace, collection, key: hex(keyHash) })),
    ),
  ]);
  return [...written, ...keysWithNewMetadata(sets)];
}

function keysWithNewMetadata(sets: readonly ReadWriteSet[]): PolicyKey[] {
  return sets.flatMap(({ namespace, metadataWrites, collections }) => [
    ...metadataWrites.map(({ key }) => ({ namespace, key })),
    ...collections.flatMap(({ collection, metadataWrites: hashed }) =>
      hashed.map(({ keyHash }) => ({ namespace, collection, key: hex(keyHash) })),
    ),
  ]);
}

function identity({ namespace, collection, key }: PolicyKey): string {
  return JSON.stringify([namespace, collection ?? null, key]);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
