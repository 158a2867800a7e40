import { common } from "@hyperledger/fabric-protos";
import { same } from "../../evidence/chain";
import { validationCodes } from "../../evidence/codes";
import { sha256 } from "../../evidence/hash";
import type { HashedWrite, Transaction, Version } from "../../evidence/types";
import {
  blockHashKey,
  decodeExpiryKey,
  expiryKey,
  expiryStart,
  hashedKey,
  historyKey,
  nameKey,
  privateKey,
  stateKey,
  transactionKey,
  versionBytes,
} from "./keys";
import type { BlockPrivateWrites, PrivateStore, Purge } from "./private-store";
import { encodeValue, type Operation, type StateDatabase, type StateView } from "./state-database";
import { type PendingValue, UpdateBatch } from "./update-batch";

const NOTHING = Buffer.alloc(0);

/** A block as far as the state is concerned. */
export interface BlockEffects {
  readonly number: number;
  readonly hash: Uint8Array;
  readonly transactions: readonly Transaction[];
  readonly codes: Uint8Array;
  readonly updates: UpdateBatch;
  readonly privateWrites: BlockPrivateWrites;
}

/** Blocks after which a collection's values go (`blockToLive`); 0 or undefined keeps them. */
export type BlockToLive = (namespace: string, collection: string) => number | undefined;

/** What a block's valid transactions leave, by its recorded codes: nothing is validated again. */
export function recordedUpdates(
  number: number,
  transactions: readonly Transaction[],
  codes: Uint8Array,
  state: StateView,
): UpdateBatch {
  const updates = new UpdateBatch(state);
  for (const [index, transaction] of transactions.entries()) {
    if (!isValidAction(transaction, codes[index])) continue;
    updates.add(transaction.action?.readWriteSets ?? [], { block: number, transaction: index });
  }
  return updates;
}

/** Brings the state to the height after the block. Doing it twice is doing it once. */
export async function applyBlock(
  effects: BlockEffects,
  state: StateDatabase,
  store: PrivateStore,
  blockToLive: BlockToLive,
): Promise<void> {
  const operations: Operation[] = [];
  await expire(effects, state, store, operations);
  indexTransactions(effects, state, operations);
  writePublic(effects, operations);
  writeHashed(effects.updates, operations);
  const purged = await writePrivate(effects, state, store, operations);
  scheduleExpiry(effects, blockToLive, operations);
  operations.push({ type: "put", key: blockHashKey(effects.hash), value: number48(effects.number) });
  await state.applyErasing(purged, operations, { height: effects.number + 1, hash: effects.hash });
}

/** Private values and purges; returns the state keys of which no trace is to stay in the files. */
async function writePrivate(
  effects: BlockEffects,
  state: StateView,
  store: PrivateStore,
  operations: Operation[],
): Promise<Buffer[]> {
  const pending = privateUpdates(effects, state);
  const removed: Buffer[] = [];
  const purges = [...hashedWrites(effects)].flatMap(({ write, version }): Purge[] => {
    const { namespace, collection, keyHash, isPurge } = write;
    return isPurge ? [{ namespace, collection, keyHash, upTo: version }] : [];
  });
  await store.purge(purges);
  for (const { namespace, collection, keyHash } of purges) {
    // Found in the state, not in the store: after a crash the store may have been purged already.
    const key = state.privateName(namespace, collection, keyHash);
    if (key === undefined) continue;
    const at = privateKey(namespace, collection, key);
    const name = nameKey(namespace, collection, keyHash);
    operations.push({ type: "del", key: at }, { type: "del", key: name });
    removed.push(at, name);
  }
  for (const { namespace, collection, key, value: pendingValue } of pending.values()) {
    const at = privateKey(namespace, collection, key);
    const name = nameKey(namespace, collection, sha256(Buffer.from(key)));
    const { value, ...rest } = pendingValue;
    if (value === undefined) operations.push({ type: "del", key: at }, { type: "del", key: name });
    else {
      operations.push({ type: "put", key: at, value: encodeValue({ ...rest, value }) });
      operations.push({ type: "put", key: name, value: Buffer.from(key) });
    }
  }
  return removed;
}

interface PrivateUpdate {
  readonly namespace: string;
  readonly collection: string;
  readonly key: string;
  readonly value: PendingValue;
}

/** Private values a block leaves, and the versions that metadata alone has moved (Fabric's `incrementPvtdataVersionIfNeeded`). */
function privateUpdates(effects: BlockEffects, state: StateView): Map<string, PrivateUpdate> {
  const pending = new Map<string, PrivateUpdate>();
  const put = (namespace: string, collection: string, key: string, value: PendingValue) =>
    pending.set(JSON.stringify([namespace, collection, key]), { namespace, collection, key, value });
  const touched: { namespace: string; collection: string; key: string }[] = [];
  for (const [transaction, sets] of [...effects.privateWrites].sort(([a], [b]) => a - b)) {
    for (const { namespace, collection, writes, metadataKeys } of sets) {
      for (const { key, value, isDelete } of writes) {
        const version = { block: effects.number, transaction };
        put(namespace, collection, key, {
          value: isDelete ? undefined : value,
          metadata: undefined,
          version,
        });
      }
      touched.push(...metadataKeys.map((key) => ({ namespace, collection, key })));
    }
  }
  for (const { namespace, collection, key } of touched) {
    const hashed = effects.updates.hashedValue(namespace, collection, sha256(Buffer.from(key)));
    const latest =
      pending.get(JSON.stringify([namespace, collection, key]))?.value ??
      state.private(namespace, collection, key);
    if (hashed?.value === undefined || latest?.value === undefined) continue;
    if (same(sha256(latest.value), hashed.value)) {
      put(namespace, collection, key, {
        value: latest.value,
        metadata: undefined,
        version: hashed.version,
      });
    }
  }
  return pending;
}

/** Private values whose blocks to live are over: gone with their hash, unless written again since. */
async function expire(
  { number, updates }: BlockEffects,
  state: StateDatabase,
  store: PrivateStore,
  operations: Operation[],
): Promise<void> {
  for (const entry of await state.keys(expiryStart(number), expiryStart(number + 1))) {
    const { namespace, collection, keyHash, version } = decodeExpiryKey(entry);
    operations.push({ type: "del", key: entry });
    await store.forget(namespace, collection, keyHash, version);
    const key = state.privateName(namespace, collection, keyHash);
    const held = state.hashed(namespace, collection, keyHash)?.version;
    const isCurrent = held?.block === version.block && held.transaction === version.transaction;
    if (!isCurrent || updates.hashedValue(namespace, collection, keyHash)) continue;
    operations.push({ type: "del", key: hashedKey(namespace, collection, keyHash) });
    if (key === undefined) continue;
    const at = privateKey(namespace, collection, key);
    operations.push({ type: "del", key: at }, { type: "del", key: nameKey(namespace, collection, keyHash) });
  }
}

function scheduleExpiry(effects: BlockEffects, blockToLive: BlockToLive, operations: Operation[]): void {
  for (const { write, version } of hashedWrites(effects)) {
    const blocks = write.isDelete ? 0 : (blockToLive(write.namespace, write.collection) ?? 0);
    if (blocks === 0) continue;
    // As in Fabric the value is there for that many blocks after its own.
    const key = expiryKey(
      effects.number + blocks + 1,
      write.namespace,
      write.collection,
      write.keyHash,
      version,
    );
    operations.push({ type: "put", key, value: NOTHING });
  }
}

/** The first transaction under an id is the one that is found by it, valid or not. */
function indexTransactions(
  { number, transactions, codes }: BlockEffects,
  state: StateView,
  operations: Operation[],
): void {
  const seen = new Set<string>();
  for (const [index, { id }] of transactions.entries()) {
    if (id === "" || seen.has(id)) continue;
    seen.add(id);
    const known = state.location(id);
    if (known && known.block !== number) continue;
    const version = versionBytes({ block: number, transaction: index });
    const value = Buffer.concat([version, Uint8Array.of(codes[index] ?? validationCodes.NOT_VALIDATED)]);
    operations.push({ type: "put", key: transactionKey(id), value });
  }
}

function writePublic({ number, transactions, codes, updates }: BlockEffects, operations: Operation[]): void {
  for (const [namespace, keys] of updates.public) {
    for (const [key, pending] of keys) operations.push(operation(stateKey(namespace, key), pending));
  }
  for (const [index, transaction] of transactions.entries()) {
    if (!isValidAction(transaction, codes[index])) continue;
    for (const { namespace, key } of transaction.action?.writes ?? []) {
      const at = historyKey(namespace, key, { block: number, transaction: index });
      operations.push({ type: "put", key: at, value: NOTHING });
    }
  }
}

function writeHashed(updates: UpdateBatch, operations: Operation[]): void {
  for (const [namespace, collections] of updates.hashed) {
    for (const [collection, keys] of collections) {
      for (const [keyHash, pending] of keys) {
        operations.push(operation(hashedKey(namespace, collection, Buffer.from(keyHash, "hex")), pending));
      }
    }
  }
}

function operation(key: Buffer, { value, metadata, version }: PendingValue): Operation {
  if (value === undefined) return { type: "del", key };
  return { type: "put", key, value: encodeValue({ value, metadata, version }) };
}

function hashedWrites({ number, transactions, codes }: BlockEffects): {
  write: HashedWrite;
  version: Version;
}[] {
  return transactions.flatMap((transaction, index) =>
    isValidAction(transaction, codes[index])
      ? (transaction.action?.hashedWrites ?? []).map((write) => ({
          write,
          version: { block: number, transaction: index },
        }))
      : [],
  );
}

function isValidAction(transaction: Transaction, code: number | undefined): boolean {
  return code === validationCodes.VALID && transaction.type === common.HeaderType.ENDORSER_TRANSACTION;
}

function number48(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(6);
  bytes.writeUIntBE(value, 0, 6);
  return bytes;
}
