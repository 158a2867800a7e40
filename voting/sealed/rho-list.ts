/**
 * What the issuers gave a voter in a public list, sealed under the seed: a second device needs the words and the list, and
 * asks no issuer again before the closing, which would tell who is about to vote once more. The list is fetched in
 * large parts.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { ISSUER_KEY } from "./blind-signature";
import { concat, Reader, requireLength, uint } from "./bytes";
import type { Credentials } from "./credentials";
import { SealedError } from "./errors";
import { derive } from "./labels";
import { AES_TAG, type Primitives } from "./primitives";
import { FREEZE_DIGEST } from "./round";
import { RHO, type Rhos } from "./voter-keys";

const NONCE = 12;
export const RHO_TAG = 16;
export const RHO_ENTRY = RHO_TAG + NONCE + 3 * RHO + 2 + 4 * ISSUER_KEY + AES_TAG;

/** Everything a voter has of the issuers once they have enrolled. */
export interface Holding {
  readonly rhos: Rhos;
  readonly area: number;
  readonly credentials: Credentials;
  readonly postingCredential: Uint8Array;
}

/**
 * Tag (16) ‖ nonce (12) ‖ ρ₁ ‖ ρ₂ ‖ ρ₃ ‖ area (2) ‖ credentials of issuers 1, 2, 3 ‖ posting credential, sealed (1650).
 * The nonce is a function of what is sealed: an issuer that answers twice differently makes no nonce serve for two texts.
 */
export async function sealHolding(
  primitives: Primitives,
  seed: Uint8Array,
  freeze: Uint8Array,
  { rhos, area, credentials, postingCredential }: Holding,
): Promise<Uint8Array> {
  const text = concat(
    ...rhos.map((rho, i) => requireLength(rho, RHO, `rho ${i + 1}`)),
    uint(area, 2),
    ...credentials.map((credential) => requireLength(credential, ISSUER_KEY, "credential")),
    requireLength(postingCredential, ISSUER_KEY, "credential"),
  );
  const tag = rhoTag(seed, freeze);
  const nonce = hmac(sha256, derive(seed, "rho list nonce", [freeze]), text).slice(0, NONCE);
  return concat(tag, nonce, await primitives.aesGcmSeal(listKey(seed, freeze), nonce, tag, text));
}

/** What a device finds its entry by; to everybody else it is random. */
export function rhoTag(seed: Uint8Array, freeze: Uint8Array): Uint8Array {
  return derive(
    seed,
    "rho list tag",
    [requireLength(freeze, FREEZE_DIGEST, "digest of the freeze")],
    RHO_TAG,
  );
}

/**
 * The credentials are not checked: a ballot that carries others is refused wherever it comes.
 *
 * @throws {SealedError} `malformed`, or `not_opened` for an entry of another seed or round
 */
export async function openHolding(
  primitives: Primitives,
  seed: Uint8Array,
  freeze: Uint8Array,
  entry: Uint8Array,
): Promise<Holding> {
  requireLength(entry, RHO_ENTRY, "entry of the list");
  const tag = entry.slice(0, RHO_TAG);
  const nonce = entry.slice(RHO_TAG, RHO_TAG + NONCE);
  const sealed = entry.slice(RHO_TAG + NONCE);
  const text = await primitives.aesGcmOpen(listKey(seed, freeze), nonce, tag, sealed);
  if (text === null) throw new SealedError("not_opened", "an entry of another seed or round");
  const reader = new Reader(text, "entry of the list");
  const credential = () => reader.take(ISSUER_KEY);
  return {
    rhos: [reader.take(RHO), reader.take(RHO), reader.take(RHO)],
    area: reader.uint(2),
    credentials: [credential(), credential(), credential()],
    postingCredential: credential(),
  };
}

function listKey(seed: Uint8Array, freeze: Uint8Array): Uint8Array {
  return derive(seed, "rho list key", [freeze]);
}
