/**
 * Everything a voter's device would otherwise draw comes from its seed, so that another device with the same twelve
 * words makes the same bytes. Secret keys of Ed25519 are seeds of RFC 8032.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import type { RsaKey } from "./blind-signature";
import { concat, requireLength, uint } from "./bytes";
import { deriveSecretKey } from "./hpke";
import { derive } from "./labels";
import { toBigInt } from "./modular";
import { type BallotPlace, FREEZE_DIGEST, type IssuerNumber, placeBytes, type SealedRound } from "./round";
import { SEED } from "./words";

export const RHO = 32;

/** The issuers' answers to the first request, each the same for the same person whenever asked. */
export type Rhos = readonly [Uint8Array, Uint8Array, Uint8Array];

/** Before any issuer has answered there is only the seed: the key that enrolment requests are signed with. */
export function enrolmentSecret(seed: Uint8Array): Uint8Array {
  return derive(requireLength(seed, SEED, "seed"), "enrolment key");
}

/**
 * All other secrets come from here. The issuers' parts keep a doctored page from giving two people one key; the seed
 * keeps the issuers from knowing any.
 */
export function rootSecret(seed: Uint8Array, rhos: Rhos, freeze: Uint8Array): Uint8Array {
  const parts = rhos.map((rho, i) => requireLength(rho, RHO, `rho ${i + 1}`));
  return derive(concat(requireLength(seed, SEED, "seed"), ...parts), "root", [
    requireLength(freeze, FREEZE_DIGEST, "digest of the freeze"),
  ]);
}

/** Signs ballots. */
export function voterSecret(root: Uint8Array, area: number): Uint8Array {
  return derive(root, "voter key", [uint(area, 2)]);
}

/** Signs posts to the relay. */
export function postingSecret(root: Uint8Array): Uint8Array {
  return derive(root, "posting key");
}

/** For the posting key, which has no area. */
export const NO_AREA = 0;

/** Between 1 and the modulus; its distance from uniform is below 2⁻¹²⁷. */
export function blindingFactor(
  root: Uint8Array,
  issuer: IssuerNumber,
  area: number,
  message: Uint8Array,
  { modulus, length }: RsaKey,
): bigint {
  const context = [uint(issuer, 1), uint(area, 2), sha256(message)];
  const wide = toBigInt(derive(root, "blinding factor", context, length + 16));
  return (wide % (modulus - 1n)) + 1n;
}

/**
 * K: seals one plaintext at one place. Another plaintext there, if only by its attempt number, gets another key, so that
 * a key told in a challenge never opens a ballot that is cast.
 */
export function ballotKey(
  root: Uint8Array,
  round: Pick<SealedRound, "digest">,
  place: BallotPlace,
  plaintext: Uint8Array,
): Uint8Array {
  return derive(root, "ballot key", [placeBytes(round, place), sha256(plaintext)]);
}

/**
 * The ephemeral secret key of a post. It comes from the root and never from K: K is public after the opening, and
 * whoever could compute it then would join a ballot to the post it came in. It is told only to prove a broken promise.
 */
export function postEphemeral(root: Uint8Array, cast: Uint8Array): Uint8Array {
  return deriveSecretKey(derive(root, "post ephemeral", [sha256(cast)]));
}
