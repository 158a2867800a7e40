/**
 * Every key, digest and signature of a sealed round is told apart by its label. A label never changes: what it means
 * is written in `docs/sealed-ballots.md`.
 */
import { expand, extract } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concat, utf8 } from "./bytes";

const PROTOCOL = "co-city sealed ballot 1";

export type Label =
  // Keys (HKDF).
  | "enrolment key"
  | "root"
  | "voter key"
  | "posting key"
  | "blinding factor"
  | "ballot key"
  | "ballot cipher key"
  | "share coefficients"
  | "share ephemeral"
  | "post ephemeral"
  | "rho list tag"
  | "rho list key"
  | "rho list nonce"
  // Digests (SHA-256) and information for HPKE.
  | "key commitment"
  | "envelope"
  | "ballot"
  | "share"
  | "post"
  | "posting order"
  | "enrolment nonce"
  | "tie commitment"
  | "roll place"
  | "roll leaf"
  | "passed posts"
  | "trustee test"
  | "paper voucher"
  | "credential voucher"
  | "desk code"
  | "desk sign-in"
  // Signatures (Ed25519).
  | "cast signature"
  | "post signature"
  | "relay receipt"
  | "copy-keeper receipt"
  | "relay end"
  | "copy-keeper end"
  | "relay batch"
  | "relay question"
  | "enrolment request";

/** `co-city sealed ballot 1`, a line feed, the label, a line feed, then parts of fixed length. */
export function labelled(label: Label, ...parts: readonly Uint8Array[]): Uint8Array {
  return concat(utf8(`${PROTOCOL}\n${label}\n`), ...parts);
}

/** HKDF-SHA-256 (RFC 5869) without salt; label and context are its `info`. */
export function derive(
  secret: Uint8Array,
  label: Label,
  context: readonly Uint8Array[] = [],
  length = 32,
): Uint8Array {
  return expand(sha256, extract(sha256, secret), labelled(label, ...context), length);
}

/** SHA-256 under a label. */
export function digest(label: Label, ...parts: readonly Uint8Array[]): Uint8Array {
  return sha256(labelled(label, ...parts));
}
