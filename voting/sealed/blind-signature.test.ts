import { constants, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blindSign, blindSignElsewhere, modulusOf } from "./blind-sign";
import { blind, finalise, isBlindSigned, type RsaKey, readIssuerKey } from "./blind-signature";
import { utf8 } from "./bytes";
import { invert, toBigInt, toBytes } from "./modular";
import { encodePss } from "./pss-encoding";
import vector from "./vectors/rfc9474.json" with { type: "json" };

const modulus = toBigInt(hexToBytes(vector.n));
const vectorKey: RsaKey = { modulus, length: vector.n.length / 2 };
const base64url = (hex: string) => Buffer.from(hex.length % 2 ? `0${hex}` : hex, "hex").toString("base64url");
const { p, q, d } = { p: BigInt(`0x${vector.p}`), q: BigInt(`0x${vector.q}`), d: BigInt(`0x${vector.d}`) };
const vectorSecret = createPrivateKey({
  format: "jwk",
  key: {
    ...{ kty: "RSA", n: base64url(vector.n), e: base64url(vector.e), d: base64url(vector.d) },
    ...{ p: base64url(vector.p), q: base64url(vector.q) },
    dp: base64url((d % (p - 1n)).toString(16)),
    dq: base64url((d % (q - 1n)).toString(16)),
    qi: base64url((invert(q, p) as bigint).toString(16)),
  },
});

describe("the published vector of this variant", () => {
  const message = hexToBytes(vector.msg);
  const factor = invert(toBigInt(hexToBytes(vector.inv)), modulus) as bigint;

  test("encoding", () => {
    expect(bytesToHex(encodePss(message, 2047))).toBe(vector.encoded_msg);
  });

  test("blinding, blind signature, signature", () => {
    const blinded = blind(vectorKey, message, factor);
    expect(bytesToHex(blinded.message)).toBe(vector.blinded_msg);
    expect(bytesToHex(toBytes(blinded.unblind, 256))).toBe(vector.inv);
    const answer = blindSign(vectorSecret, blinded.message);
    expect(bytesToHex(answer)).toBe(vector.blind_sig);
    expect(bytesToHex(finalise(vectorKey, message, answer, blinded.unblind))).toBe(vector.sig);
  });
});

describe("a key of 3072 bits", () => {
  const secret = generateKeyPairSync("rsa", { modulusLength: 3072 }).privateKey;
  const key = readIssuerKey(modulusOf(secret));
  const other = readIssuerKey(modulusOf(generateKeyPairSync("rsa", { modulusLength: 3072 }).privateKey));
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 0 };

  test("what comes out of blinding is the one PSS signature without salt that OpenSSL makes and takes", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 80 }),
        fc.uint8Array({ minLength: 384, maxLength: 384 }),
        (message, drawn) => {
          const factor = (toBigInt(drawn) % (key.modulus - 1n)) + 1n;
          const blinded = blind(key, message, factor);
          const signature = finalise(key, message, blindSign(secret, blinded.message), blinded.unblind);
          expect(verify("sha384", message, { key: createPublicKey(secret), ...pss }, signature)).toBe(true);
          expect(bytesToHex(signature)).toBe(
            sign("sha384", message, { key: secret, ...pss }).toString("hex"),
          );
          expect(isBlindSigned(key, message, signature)).toBe(true);
          expect(isBlindSigned(other, message, signature)).toBe(false);
        },
      ),
      { numRuns: 20 },
    );
  });

  test("a signature with a salt, another byte or the modulus added is none", () => {
    const message = utf8("credential");
    const signature = Uint8Array.from(sign("sha384", message, { key: secret, ...pss }));
    expect(isBlindSigned(key, message, signature)).toBe(true);
    expect(isBlindSigned(key, utf8("credentiaL"), signature)).toBe(false);
    expect(isBlindSigned(key, message, signature.with(200, (signature[200] as number) ^ 1))).toBe(false);
    expect(isBlindSigned(key, message, signature.slice(1))).toBe(false);
    const salted = sign("sha384", message, { key: secret, ...pss, saltLength: 48 });
    expect(isBlindSigned(key, message, Uint8Array.from(salted))).toBe(false);
    const above = toBigInt(signature) + key.modulus;
    if (above < 2n ** 3072n) expect(isBlindSigned(key, message, toBytes(above, 384))).toBe(false);
  });

  test("an answer that signs something else is refused", () => {
    const message = utf8("credential");
    const blinded = blind(key, message, 12_345n);
    const answer = blindSign(secret, blinded.message);
    expect(() => finalise(key, message, answer.with(5, (answer[5] as number) ^ 1), blinded.unblind)).toThrow(
      expect.objectContaining({ code: "bad_blind_signature" }),
    );
    expect(() => finalise(key, utf8("another"), answer, blinded.unblind)).toThrow("not a signature");
    expect(() => finalise(key, message, answer.slice(1), blinded.unblind)).toThrow("below the modulus");
    expect(() => finalise(key, message, toBytes(key.modulus, 384), blinded.unblind)).toThrow(
      "below the modulus",
    );
  });

  test("a factor that shares a divisor with the modulus is refused", () => {
    expect(() => blind(vectorKey, utf8("credential"), p)).toThrow(
      expect.objectContaining({ code: "weak_key" }),
    );
  });

  test("an issuer signs numbers below its modulus only", () => {
    expect(() => blindSign(secret, toBytes(key.modulus, 384))).toThrow("below the modulus");
    expect(() => blindSign(secret, new Uint8Array(383))).toThrow("below the modulus");
  });

  test("with a key that is elsewhere nothing leaves that does not check", async () => {
    const modulus = modulusOf(secret);
    const { message } = blind(key, utf8("credential"), 12_345n);
    const right = blindSign(secret, message);
    expect(await blindSignElsewhere(modulus, message, async () => right)).toEqual(right);
    const wrong = [right.with(7, (right[7] as number) ^ 1), right.slice(1), new Uint8Array(0), modulus];
    for (const answer of wrong)
      await expect(blindSignElsewhere(modulus, message, async () => answer)).rejects.toThrow(
        "must sign nothing more",
      );
    let asked = false;
    const raise = async () => {
      asked = true;
      return right;
    };
    await expect(blindSignElsewhere(modulus, modulus, raise)).rejects.toThrow("below the modulus");
    expect(asked).toBe(false);
  });

  test("an issuer's key has 3072 bits, is odd and has the exponent 65537", () => {
    const bytes = modulusOf(secret);
    expect(() => readIssuerKey(bytes.with(383, (bytes[383] as number) ^ 1))).toThrow("odd number of 3072");
    expect(() => readIssuerKey(bytes.with(0, 0x7f))).toThrow("odd number of 3072");
    expect(() => readIssuerKey(hexToBytes(vector.n))).toThrow("odd number of 3072");
    const three = generateKeyPairSync("rsa", { modulusLength: 2048, publicExponent: 3 }).privateKey;
    expect(() => modulusOf(three)).toThrow("exponent");
  });
});
