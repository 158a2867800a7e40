/** The issuer's side of a blind signature (RFC 9474, BlindSign). Runs on servers only. */
import { constants, createPublicKey, type KeyObject, privateDecrypt } from "node:crypto";
import { equalBytes } from "./bytes";
import { SealedError } from "./errors";
import { PUBLIC_EXPONENT, raisePublic, toBigInt, toBytes } from "./modular";

/**
 * Raises what was blinded to the secret exponent. OpenSSL does it, in constant time and blinded once more: strangers
 * choose the number and may measure the answer.
 *
 * @throws {SealedError} `malformed` unless it is a number below the modulus, as long as it
 */
export function blindSign(secretKey: KeyObject, blinded: Uint8Array): Uint8Array {
  const modulus = modulusOf(secretKey);
  requireBelow(modulus, blinded);
  const signed = privateDecrypt({ key: secretKey, padding: constants.RSA_NO_PADDING }, blinded);
  return checked(modulus, blinded, Uint8Array.from(signed));
}

/**
 * The same with a secret key that is elsewhere.
 * @param raise raises to the secret exponent
 * @throws {SealedError} `malformed`, and what `raise` throws
 */
export async function blindSignElsewhere(
  modulus: Uint8Array,
  blinded: Uint8Array,
  raise: (blinded: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  requireBelow(modulus, blinded);
  return checked(modulus, blinded, await raise(blinded));
}

function requireBelow(modulus: Uint8Array, blinded: Uint8Array): void {
  if (blinded.length !== modulus.length || toBigInt(blinded) >= toBigInt(modulus))
    throw new SealedError("malformed", "not a number below the modulus");
}

/**
 * Raised to the public exponent again before it leaves, because one wrong result of a faulty processor gives the key
 * away.
 */
function checked(modulus: Uint8Array, blinded: Uint8Array, signed: Uint8Array): Uint8Array {
  const n = toBigInt(modulus);
  const isBelow = signed.length === modulus.length && toBigInt(signed) < n;
  if (!isBelow || !equalBytes(toBytes(raisePublic(toBigInt(signed), n), modulus.length), blinded))
    throw new Error("a blind signature does not check: this machine must sign nothing more");
  return signed;
}

/** The modulus of a key with exponent 65537, as issuers publish it. @throws {SealedError} `weak_key` for another exponent */
export function modulusOf(key: KeyObject): Uint8Array {
  const publicKey = key.type === "public" ? key : createPublicKey(key);
  const { n = "", e = "" } = publicKey.export({ format: "jwk" });
  if (toBigInt(Buffer.from(e, "base64url")) !== PUBLIC_EXPONENT) {
    throw new SealedError("weak_key", "the public exponent is not 65537");
  }
  return Uint8Array.from(Buffer.from(n, "base64url"));
}
