/**
 * Encodings of the Ed25519 points of small order with the sign bit cleared, canonical or not (the list of libsodium's
 * `ge25519_has_small_order`). Under such a key anybody can sign.
 */
const ed25519SmallOrder: ReadonlySet<string> = new Set([
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
]);

/** Whether anybody can sign under an Ed25519 public key (32 bytes, hexadecimal). */
export function hasSmallOrder(publicKey: string): boolean {
  const last = Number.parseInt(publicKey.slice(62), 16) & 0x7f;
  return ed25519SmallOrder.has(publicKey.slice(0, 62) + last.toString(16).padStart(2, "0"));
}
