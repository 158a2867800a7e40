import { hash } from "node:crypto";
import type { Endorsement } from "../endorser/response";

/** Endorsements remembered at most; the oldest leave first. */
const capacity = 10_000;

/**
 * Endorsements this process has just made, so that it need not verify its own signatures: one that is equal in
 * payload, endorser and signature to one it made is right. All others are verified, those made before a restart
 * too.
 */
export class OwnEndorsements {
  readonly #made = new Map<string, readonly Endorsement[]>();

  remember(payload: Uint8Array, endorsements: readonly Endorsement[]): void {
    if (this.#made.size >= capacity) {
      const [oldest] = this.#made.keys();
      if (oldest !== undefined) this.#made.delete(oldest);
    }
    this.#made.set(keyOf(payload), endorsements);
  }

  /** Those made over this payload; they are forgotten. */
  take(payload: Uint8Array): readonly Endorsement[] | undefined {
    const key = keyOf(payload);
    const made = this.#made.get(key);
    this.#made.delete(key);
    return made;
  }
}

function keyOf(payload: Uint8Array): string {
  return hash("sha256", payload, "hex");
}
