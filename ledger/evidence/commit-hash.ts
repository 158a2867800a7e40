import { sha256 } from "./hash";
import type { Version } from "./types";

/** One key a block leaves changed, as the commit hash counts it. */
export interface Update {
  readonly namespace: string;
  /** Empty for public keys. */
  readonly collection: string;
  /** The key's UTF-8 bytes; the key's hash in a collection. */
  readonly key: Uint8Array;
  /** Value, or value hash in a collection; undefined where the key is deleted. */
  readonly value: Uint8Array | undefined;
  readonly version: Version;
}

/**
 * The hash a peer adds to each block from block 1 on: SHA-256 over the count and list of validation codes, the block's
 * updates and the hash before it (`kvLedger.addBlockCommitHash`, `txmgr.deterministicBytesForPubAndHashUpdates`).
 * Two peers that agree on it hold the same state. 32 bytes.
 */
export function commitHash(codes: Uint8Array, updates: readonly Update[], previous: Uint8Array): Uint8Array {
  return sha256(Buffer.concat([varint(codes.length), codes, encodeUpdates(updates), previous]));
}

/**
 * The message `txmgr.Updates`, which fabric-protos does not hold: namespaces in order, in each the public keys, then its
 * collections; the names stand on the first key of each run only.
 */
function encodeUpdates(updates: readonly Update[]): Uint8Array {
  const sorted = [...updates].sort(
    (a, b) =>
      compareText(a.namespace, b.namespace) ||
      compareText(a.collection, b.collection) ||
      Buffer.compare(a.key, b.key),
  );
  const parts: Uint8Array[] = [];
  let before: Update | undefined;
  for (const update of sorted) {
    const newSpace = before?.namespace !== update.namespace;
    const newCollection = newSpace || before?.collection !== update.collection;
    const body = Buffer.concat([
      field(1, newSpace ? Buffer.from(update.namespace) : undefined),
      field(2, newCollection ? Buffer.from(update.collection) : undefined),
      field(3, update.key),
      update.value === undefined ? Uint8Array.of(0x20, 1) : new Uint8Array(0),
      field(5, update.value),
      field(6, versionBytes(update.version)),
    ]);
    parts.push(Uint8Array.of(0x0a), varint(body.length), body);
    before = update;
  }
  return Buffer.concat(parts);
}

function compareText(left: string, right: string): number {
  return left === right ? 0 : Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function field(number: number, value: Uint8Array | undefined): Uint8Array {
  if (!value || value.length === 0) return new Uint8Array(0);
  return Buffer.concat([Uint8Array.of((number << 3) | 2), varint(value.length), value]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

// `version.Height.ToBytes`: each number as its count of significant bytes, then those bytes, big-endian.
function versionBytes(version: Version): Uint8Array {
  return Uint8Array.from([...orderPreserving(version.block), ...orderPreserving(version.transaction)]);
}

function orderPreserving(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [bytes.length, ...bytes];
}
