/** OpenSSL's verdict on a blind signature is that of the code which says what one is. */
import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blindSign, modulusOf } from "../../../voting/sealed/blind-sign";
import { isBlindSigned, type RsaKey, readIssuerKey } from "../../../voting/sealed/blind-signature";
import { areCredentials, type Credentials, credentialMessage } from "../../../voting/sealed/credentials";
import { toBytes } from "../../../voting/sealed/modular";
import { encodePss } from "../../../voting/sealed/pss-encoding";
import { keptIssuers } from "../../../voting/sealed/testing/protocol-values";
import { areCredentialsByOpenssl, isBlindSignedByOpenssl } from "./credentials";

const { secrets, area: keys } = keptIssuers();
const [key] = keys;
/** Without blinding: the encoded message raised to the secret exponent. */
const sign = (message: Uint8Array, issuer = 0) =>
  blindSign(secrets[issuer] as never, encodePss(message, 3071));
const text = (value: string) => new TextEncoder().encode(value);

async function sameVerdict(of: RsaKey, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const verdict = isBlindSigned(of, message, signature);
  expect(await isBlindSignedByOpenssl(of, message, signature)).toBe(verdict);
  return verdict;
}

test("a signature and whatever is near it", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 200 }),
      fc.nat({ max: 383 }),
      fc.integer({ min: 1, max: 255 }),
      fc.nat({ max: 2 }),
      async (message, at, change, issuer) => {
        const signature = sign(message, issuer);
        expect(await sameVerdict(keys[issuer] as RsaKey, message, signature)).toBe(true);
        const other = signature.with(at, (signature[at] as number) ^ change);
        expect(await sameVerdict(keys[issuer] as RsaKey, message, other)).toBe(false);
        expect(await sameVerdict(keys[(issuer + 1) % 3] as RsaKey, message, signature)).toBe(false);
        expect(await sameVerdict(keys[issuer] as RsaKey, Uint8Array.of(...message, 0), signature)).toBe(
          false,
        );
      },
    ),
    { numRuns: 30 },
  );
});

describe("edges", () => {
  const message = text("ballot");
  const signature = sign(message);
  const { modulus } = key;
  const value = BigInt(`0x${Buffer.from(signature).toString("hex")}`);

  test.each([
    ["nothing", new Uint8Array()],
    ["one byte less", signature.slice(1)],
    ["one byte more", Uint8Array.of(0, ...signature)],
    ["zero", new Uint8Array(384)],
    ["one", toBytes(1n, 384)],
    ["the modulus", toBytes(modulus, 384)],
    ["the modulus less one", toBytes(modulus - 1n, 384)],
    ["all bits", new Uint8Array(384).fill(255)],
    ["the negative", toBytes(modulus - value, 384)],
    ["the encoding itself", encodePss(message, 3071)],
  ])("%s is no signature", async (_, bytes) => {
    expect(await sameVerdict(key, message, bytes)).toBe(false);
  });

  test("the same number with the modulus added to it is no signature", async () => {
    const fits = Array.from({ length: 60 }, (_, i) => text(`ballot ${i}`)).flatMap((other) => {
      const added = BigInt(`0x${Buffer.from(sign(other)).toString("hex")}`) + modulus;
      return added < 2n ** 3072n ? [{ other, added }] : [];
    });
    expect(fits.length).toBeGreaterThan(5);
    for (const { other, added } of fits)
      expect(await sameVerdict(key, other, toBytes(added, 384))).toBe(false);
  });

  /** An encoding changed before it is signed: every byte of padding, separator, hash and trailer matters. */
  test.each([0, 1, 100, 333, 334, 335, 340, 382, 383])("byte %i of the encoding", async (at) => {
    const encoded = encodePss(message, 3071);
    const changed = encoded.with(at, (encoded[at] as number) ^ 1);
    expect(await sameVerdict(key, message, blindSign(secrets[0], changed))).toBe(false);
  });

  test("a salt is no part of a blind signature", async () => {
    const { constants, sign: signByOpenssl } = await import("node:crypto");
    for (const saltLength of [0, 1, 48]) {
      const options = { key: secrets[0], padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
      const signed = Uint8Array.from(signByOpenssl("sha384", message, options));
      expect(await sameVerdict(key, message, signed)).toBe(saltLength === 0);
    }
    const options = { key: secrets[0], padding: constants.RSA_PKCS1_PADDING };
    expect(await sameVerdict(key, message, Uint8Array.from(signByOpenssl("sha384", message, options)))).toBe(
      false,
    );
  });

  test("a modulus that is no product of two primes", async () => {
    const odd = readIssuerKey(Uint8Array.from({ length: 384 }, (_, i) => (i === 0 ? 0x80 : 0x01)));
    expect(await sameVerdict(odd, message, signature)).toBe(false);
    expect(await sameVerdict(odd, message, toBytes(odd.modulus - 1n, 384))).toBe(false);
  });

  test("another key's signature, by a key that is new", async () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 3072 });
    const own = readIssuerKey(modulusOf(privateKey));
    const signed = blindSign(
      createPrivateKey(privateKey.export({ format: "pem", type: "pkcs8" })),
      encodePss(message, 3071),
    );
    expect(await sameVerdict(own, message, signed)).toBe(true);
    expect(await sameVerdict(key, message, signed)).toBe(false);
  });
});

test("all three credentials, each by its own issuer", async () => {
  const freeze = new Uint8Array(32).fill(1);
  const voter = new Uint8Array(32).fill(2);
  const message = credentialMessage(freeze, 3, voter);
  const right: Credentials = [sign(message, 0), sign(message, 1), sign(message, 2)];
  const tried: Credentials[] = [
    right,
    [right[0], right[1], right[1]],
    [right[1], right[0], right[2]],
    [right[0], right[1], new Uint8Array()],
  ];
  for (const credentials of tried) {
    const verdict = areCredentials(keys, freeze, 3, voter, credentials);
    expect(await areCredentialsByOpenssl(keys, freeze, 3, voter, credentials)).toBe(verdict);
    expect(verdict).toBe(credentials === right);
  }
});
