/** A test envelope: shows before the round that a trustee's file, passphrase and program open what is sealed to the key. */
import { hpkeOpen, hpkeSeal } from "./hpke";
import { labelled } from "./labels";
import type { Primitives } from "./primitives";

/** @param ephemeral drawn for this test, from `deriveSecretKey` */
export function sealTrusteeTest(
  primitives: Primitives,
  recipient: Uint8Array,
  ephemeral: Uint8Array,
  text: Uint8Array,
): Promise<Uint8Array> {
  return hpkeSeal(primitives, { recipient, ephemeral, info: labelled("trustee test") }, text);
}

/** @throws {SealedError} `not_opened` or `weak_key` */
export function openTrusteeTest(
  primitives: Primitives,
  secret: Uint8Array,
  sealed: Uint8Array,
): Promise<Uint8Array> {
  return hpkeOpen(primitives, secret, labelled("trustee test"), sealed);
}
