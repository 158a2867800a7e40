/** The issuer's side of a blind signature (RFC 9474, BlindSign). Runs on servers only. */
import { constants, createPublicKey, type KeyObject, privateDecrypt } from "node:crypto";
import { equalBytes } from "./bytes";
import { SealedError } from "./errors";
import { PUBLIC_EXPONENT, raisePublic, toBigInt, toBytes } from "./modular";

/**
 * Raises what was blinded to the secret exponent. OpenSSL does it, in constant time and blinded once more: strangers
 * choose the number and may measure the answer. The result is raised to the public exponent again before it leaves,
 * because one wrong result of a faulty processor gives the key away.
 *
 * @throws {SealedError} `malformed` unless it is a number below the modulus, as long as it
 */
export function blindSign(secretKey: KeyObject, blinded: Uint8Array): Uint8Array {
  const modulus = modulusOf(secretKey);
  if (blinded.length !== modulus.length || toBigInt(blinded) >= toBigInt(modulus)) {
    throw new SealedError("malformed", "not a number below the modulus");
  }
  const signed = privateDecrypt({ key: secretKey, padding: constants.RSA_NO_PADDING }, blinded);
  const raised = raisePublic(toBigInt(signed), toBigInt(modulus));
  if (!equalBytes(toBytes(raised, modulus.length), blinded)) {
    throw new Error("a blind signature does not check: this machine must sign nothing more");
  }
  return Uint8Array.from(signed);
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
