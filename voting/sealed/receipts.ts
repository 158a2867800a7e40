/**
 * What a voter is given for a post: the promise *if valid, on the ledger by closing*, signed by the relay and
 * countersigned by the copy-keeper together with the order of posts. It names no time and nothing inside the post.
 */
import { concat, Reader, requireLength, uint } from "./bytes";
import { signedBy } from "./curve-keys";
import { digest, type Label, labelled } from "./labels";
import type { Primitives } from "./primitives";
import { FREEZE_DIGEST } from "./round";

const VERSION = 1;
const HASH = 32;
const SIGNATURE = 64;

export type Keeper = "relay" | "copy-keeper";

export interface Receipt {
  /** Which post of the round it is, from 1. */
  readonly position: number;
  /** `postDigest`. */
  readonly post: Uint8Array;
  /** `postingOrder` up to this post. */
  readonly order: Uint8Array;
  readonly signatures: Readonly<Record<Keeper, Uint8Array>>;
}

/** The order of posts as one digest: of nothing for the first, then of the one before and the next post. */
export function postingOrder(freeze: Uint8Array, before: Uint8Array | null, post: Uint8Array): Uint8Array {
  requireLength(freeze, FREEZE_DIGEST, "digest of the freeze");
  return digest("posting order", freeze, before ?? new Uint8Array(HASH), requireLength(post, HASH, "post"));
}

/** F ‖ position (4) ‖ post (32) ‖ order (32), under the keeper's own label. */
export function receiptMessage(
  keeper: Keeper,
  freeze: Uint8Array,
  { position, post, order }: Omit<Receipt, "signatures">,
): Uint8Array {
  const label: Label = keeper === "relay" ? "relay receipt" : "copy-keeper receipt";
  return labelled(
    label,
    requireLength(freeze, FREEZE_DIGEST, "digest of the freeze"),
    uint(position, 4),
    requireLength(post, HASH, "post"),
    requireLength(order, HASH, "order"),
  );
}

/** Whether both keepers have promised. @param keys Ed25519 keys from the freeze */
export async function isReceipt(
  primitives: Primitives,
  freeze: Uint8Array,
  keys: Readonly<Record<Keeper, Uint8Array>>,
  receipt: Receipt,
): Promise<boolean> {
  for (const keeper of ["relay", "copy-keeper"] as const) {
    const message = receiptMessage(keeper, freeze, receipt);
    if (!(await signedBy(primitives, keys[keeper], message, receipt.signatures[keeper]))) return false;
  }
  return true;
}

/** Version (1) ‖ position (4) ‖ post (32) ‖ order (32) ‖ the relay's signature (64) ‖ the copy-keeper's (64). */
export function encodeReceipt({ position, post, order, signatures }: Receipt): Uint8Array {
  return concat(
    uint(VERSION, 1),
    uint(position, 4),
    requireLength(post, HASH, "post"),
    requireLength(order, HASH, "order"),
    requireLength(signatures.relay, SIGNATURE, "signature"),
    requireLength(signatures["copy-keeper"], SIGNATURE, "signature"),
  );
}

/** @throws {SealedError} `malformed` */
export function decodeReceipt(bytes: Uint8Array): Receipt {
  const reader = new Reader(bytes, "receipt");
  reader.version(VERSION);
  const receipt = {
    position: reader.uint(4),
    post: reader.take(HASH),
    order: reader.take(HASH),
    signatures: { relay: reader.take(SIGNATURE), "copy-keeper": reader.take(SIGNATURE) },
  };
  reader.end();
  return receipt;
}
