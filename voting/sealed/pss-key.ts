import { constants, createPublicKey, type VerifyKeyObjectInput } from "node:crypto";
import type { RsaKey } from "./blind-signature";
import { toBytes } from "./modular";

const read = new WeakMap<RsaKey, VerifyKeyObjectInput>();

/**
 * An issuer's key as OpenSSL checks a finished blind signature with it: RSASSA-PSS with SHA-384 and an empty salt (RFC 9474,
 * RSABSSA-SHA384-PSSZERO). The same verdict as by `isBlindSigned`, many times sooner.
 */
export function pssKeyOf(key: RsaKey): VerifyKeyObjectInput {
  const before = read.get(key);
  if (before) return before;
  const n = Buffer.from(toBytes(key.modulus, key.length)).toString("base64url");
  const made = {
    key: createPublicKey({ key: { kty: "RSA", n, e: "AQAB" }, format: "jwk" }),
    ...{ padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 0 },
  };
  read.set(key, made);
  return made;
}
