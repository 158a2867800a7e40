import { createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { derFromRaw, signLowS, verifyLowS } from "./signature";

const order = BigInt("0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const message = fc.uint8Array({ minLength: 0, maxLength: 200 });

const hex32 = (value: bigint) => Buffer.from(value.toString(16).padStart(64, "0"), "hex");
const sOf = (raw: Uint8Array) => BigInt(`0x${Buffer.from(raw.subarray(32)).toString("hex")}`);

describe("signatures", () => {
  it("are good for this peer and for OpenSSL", () => {
    fc.assert(
      fc.property(message, (bytes) => {
        const signature = signLowS(privateKey, bytes);
        expect(verifyLowS(publicKey, bytes, signature)).toBe(true);
        expect(verify("sha256", bytes, publicKey, signature)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("are good in one of their two forms alone", () => {
    fc.assert(
      fc.property(message, (bytes) => {
        const raw = sign("sha256", bytes, { key: privateKey, dsaEncoding: "ieee-p1363" });
        const low = sOf(raw) > order / 2n ? order - sOf(raw) : sOf(raw);
        const [lowRaw, highRaw] = [low, order - low].map((s) =>
          Buffer.concat([raw.subarray(0, 32), hex32(s)]),
        );
        expect(verifyLowS(publicKey, bytes, derFromRaw(lowRaw ?? raw))).toBe(true);
        // Both forms come out as the low one, and the high one written out by hand is refused.
        expect(derFromRaw(highRaw ?? raw)).toEqual(derFromRaw(lowRaw ?? raw));
        const der = derOf(raw.subarray(0, 32), hex32(order - low));
        expect(verify("sha256", bytes, publicKey, der)).toBe(true);
        expect(verifyLowS(publicKey, bytes, der)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it("do not survive a changed bit", () => {
    fc.assert(
      fc.property(message, fc.nat(), fc.nat(7), (bytes, place, bit) => {
        const signature = signLowS(privateKey, bytes);
        const at = place % signature.length;
        signature[at] = (signature[at] ?? 0) ^ (1 << bit);
        expect(verifyLowS(publicKey, bytes, signature)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it("that are none are refused, not thrown at", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(verifyLowS(publicKey, Buffer.from("message"), bytes)).toBe(false);
      }),
    );
  });

  it("of another key are refused", () => {
    const other = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const signature = signLowS(other.privateKey, Buffer.from("message"));
    expect(verifyLowS(createPublicKey(privateKey), Buffer.from("message"), signature)).toBe(false);
  });
});

function derOf(r: Uint8Array, s: Uint8Array): Buffer {
  const integer = (value: Uint8Array) => {
    let bytes = Buffer.from(value);
    while (bytes.length > 1 && bytes[0] === 0) bytes = bytes.subarray(1);
    if ((bytes[0] ?? 0) & 0x80) bytes = Buffer.concat([Buffer.from([0]), bytes]);
    return Buffer.concat([Buffer.from([2, bytes.length]), bytes]);
  };
  const body = Buffer.concat([integer(r), integer(s)]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}
