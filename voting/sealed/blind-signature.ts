/**
 * Blind RSA signatures, RSABSSA-SHA384-PSSZERO-Deterministic (RFC 9474): the voter's side and the check.
 *
 * With an empty salt the encoded message is a function of the message, so that a signature is right exactly when it
 * raised to the public exponent *is* that encoding; there is no salt either in which a doctored page could hide who
 * votes. A key whose exponent is not coprime to its order cannot sort voters: only messages that have a root
 * modulo it get a signature, and those all look alike when blinded.
 */
import { SealedError } from "./errors";
import { invert, raisePublic, toBigInt, toBytes } from "./modular";
import { encodePss } from "./pss-encoding";

/** A public key with exponent 65537. */
export interface RsaKey {
  readonly modulus: bigint;
  /** Of the modulus and of every signature, bytes. */
  readonly length: number;
}

/** RSA-3072. */
export const ISSUER_KEY = 384;

/** An issuer's key from its modulus. @throws {SealedError} `weak_key` unless it has 3072 bits and is odd */
export function readIssuerKey(modulus: Uint8Array): RsaKey {
  const first = modulus[0] ?? 0;
  const last = modulus.at(-1) ?? 0;
  if (modulus.length !== ISSUER_KEY || (first & 0x80) === 0 || (last & 1) === 0) {
    throw new SealedError("weak_key", "an issuer's modulus is an odd number of 3072 bits");
  }
  return { modulus: toBigInt(modulus), length: ISSUER_KEY };
}

export interface Blinded {
  /** What the issuer is given. */
  readonly message: Uint8Array;
  /** Takes the blinding off again. */
  readonly unblind: bigint;
}

/**
 * @param factor between 1 and the modulus, uniform and never told. RFC 9474 advises against taking it from the caller;
 *   here it is derived from the seed (`blindingFactor`), so that another device with the same words gets the same bytes
 * @throws {SealedError} `weak_key` when factor or message share a divisor with the modulus
 */
export function blind({ modulus, length }: RsaKey, message: Uint8Array, factor: bigint): Blinded {
  const encoded = encoding({ modulus, length }, message);
  // One inverse shows that both are coprime to the modulus.
  const inverse = invert(encoded * factor, modulus);
  if (inverse === null) throw new SealedError("weak_key", "the modulus shares a divisor with the message");
  return {
    message: toBytes((encoded * raisePublic(factor, modulus)) % modulus, length),
    unblind: (inverse * encoded) % modulus,
  };
}

/** The signature on the message. @throws {SealedError} `bad_blind_signature` when the answer signs something else */
export function finalise(key: RsaKey, message: Uint8Array, answer: Uint8Array, unblind: bigint): Uint8Array {
  const { modulus, length } = key;
  const blindSignature = toBigInt(answer);
  if (answer.length !== length || blindSignature >= modulus) {
    throw new SealedError("bad_blind_signature", "not a number below the modulus");
  }
  const signature = toBytes((blindSignature * unblind) % modulus, length);
  if (!isBlindSigned(key, message, signature)) {
    throw new SealedError("bad_blind_signature", "not a signature on what was blinded");
  }
  return signature;
}

/** RSASSA-PSS-VERIFY for an empty salt. */
export function isBlindSigned(key: RsaKey, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== key.length) return false;
  const value = toBigInt(signature);
  return value < key.modulus && raisePublic(value, key.modulus) === encoding(key, message);
}

function encoding({ modulus }: RsaKey, message: Uint8Array): bigint {
  return toBigInt(encodePss(message, modulus.toString(2).length - 1));
}
