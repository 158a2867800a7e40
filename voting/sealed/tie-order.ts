/**
 * The order among equals: each issuer commits to 32 random bytes before the freeze and then reveals them, so that none of
 * them knows the order while it can still choose.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { concat, equalBytes, requireLength, uint, utf8 } from "./bytes";
import { digest } from "./labels";
import type { IssuerNumber } from "./round";

export const TIE_SECRET = 32;

/** H(issuer (1) ‖ r ‖ round's id), under a label: a commitment copied from another issuer or round opens to nothing. */
export function tieCommitment(round: string, issuer: IssuerNumber, secret: Uint8Array): Uint8Array {
  return digest(
    "tie commitment",
    uint(issuer, 1),
    requireLength(secret, TIE_SECRET, "secret of the draw"),
    utf8(round),
  );
}

export function isTieReveal(
  round: string,
  issuer: IssuerNumber,
  commitment: Uint8Array,
  secret: Uint8Array,
): boolean {
  return secret.length === TIE_SECRET && equalBytes(tieCommitment(round, issuer, secret), commitment);
}

/** Projects by SHA-256(r₁ ‖ r₂ ‖ r₃ ‖ project's id in UTF-8), from the lowest. */
export function tieOrder(
  secrets: readonly [Uint8Array, Uint8Array, Uint8Array],
  projects: readonly string[],
): string[] {
  const drawn = concat(...secrets.map((secret) => requireLength(secret, TIE_SECRET, "secret of the draw")));
  return projects
    .map((id) => ({ id, lot: bytesToHex(sha256(concat(drawn, utf8(id)))) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .map(({ id }) => id);
}
