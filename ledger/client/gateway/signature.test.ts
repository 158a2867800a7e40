import { generateKeyPairSync, sign, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { derFromP1363, SignatureFormatError, signMessage } from "./signature";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

describe("signatures", () => {
  it("made here verify, and their s is always the lower one", () => {
    for (let round = 0; round < 50; round += 1) {
      const message = Buffer.from(`message ${round}`);
      const der = signMessage(privateKey, message);
      expect(verify("sha256", message, publicKey, der)).toBe(true);
      expect(sOf(der) <= order / 2n).toBe(true);
    }
  });

  it("made by WebCrypto become the same kind", async () => {
    const keys = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, [
      "sign",
      "verify",
    ]);
    const message = Buffer.from("from a browser");
    const raw = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, keys.privateKey, message);
    const spki = Buffer.from(await crypto.subtle.exportKey("spki", keys.publicKey));
    const key = { key: spki, format: "der", type: "spki" } as const;
    expect(verify("sha256", message, key, derFromP1363(new Uint8Array(raw)))).toBe(true);
  });

  it("are refused where they are no two numbers of the curve", () => {
    expect(() => derFromP1363(new Uint8Array(63))).toThrow(SignatureFormatError);
    expect(() => derFromP1363(new Uint8Array(64))).toThrow(SignatureFormatError);
    expect(() => derFromP1363(new Uint8Array(64).fill(255))).toThrow(SignatureFormatError);
  });

  it("of numbers with leading zeros are shorter and still verify", () => {
    let short: Buffer | undefined;
    const message = Buffer.from("short");
    for (let tries = 0; tries < 5000 && !short; tries += 1) {
      const raw = sign("sha256", message, { key: privateKey, dsaEncoding: "ieee-p1363" });
      if (raw[0] === 0) short = raw;
    }
    expect(verify("sha256", message, publicKey, derFromP1363(short ?? Buffer.alloc(0)))).toBe(true);
  });
});

function sOf(der: Uint8Array): bigint {
  const rLength = der[3] ?? 0;
  const s = Buffer.from(der.subarray(4 + rLength + 2));
  return BigInt(`0x${s.toString("hex")}`);
}
