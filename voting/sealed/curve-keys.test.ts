import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { describe, expect, test } from "vitest";
import { isAcceptableX25519, requireX25519, signedBy } from "./curve-keys";
import { nodePrimitives } from "./node";
import edges from "./vectors/curve-edges.json" with { type: "json" };
import { webPrimitives } from "./web";

const machines = { "node:crypto": nodePrimitives, "WebCrypto of Node": webPrimitives };

describe.each(Object.entries(machines))("%s", (_, primitives) => {
  test.each(edges.ed25519)("Ed25519: $note", async ({ publicKey, message, signature, accepted }) => {
    const signed = signedBy(primitives, hexToBytes(publicKey), hexToBytes(message), hexToBytes(signature));
    expect(await signed).toBe(accepted);
  });

  test("keys, signatures and exchanges of both machines are the same bytes", async () => {
    const secret = hexToBytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    const message = hexToBytes("af82");
    expect(bytesToHex(await primitives.ed25519PublicKey(secret))).toBe(
      bytesToHex(await nodePrimitives.ed25519PublicKey(secret)),
    );
    expect(await primitives.ed25519Sign(secret, message)).toEqual(
      await nodePrimitives.ed25519Sign(secret, message),
    );
    for (const { publicKey, accepted } of edges.x25519) {
      if (!accepted) continue;
      const shared = await primitives.x25519(secret, hexToBytes(publicKey));
      expect(shared).not.toBeNull();
      expect(shared).toEqual(await nodePrimitives.x25519(secret, hexToBytes(publicKey)));
    }
  });

  test("AES-GCM opens what it sealed, and nothing that was altered", async () => {
    const [key, nonce] = [new Uint8Array(32).fill(1), new Uint8Array(12).fill(2)];
    const sealed = await primitives.aesGcmSeal(key, nonce, hexToBytes("03"), hexToBytes("0405"));
    expect(sealed).toEqual(await nodePrimitives.aesGcmSeal(key, nonce, hexToBytes("03"), hexToBytes("0405")));
    expect(await primitives.aesGcmOpen(key, nonce, hexToBytes("03"), sealed)).toEqual(hexToBytes("0405"));
    expect(await primitives.aesGcmOpen(key, nonce, hexToBytes("04"), sealed)).toBeNull();
    expect(await primitives.aesGcmOpen(key, nonce, hexToBytes("03"), sealed.slice(1))).toBeNull();
    expect(await primitives.aesGcmOpen(key, nonce, hexToBytes("03"), sealed.slice(0, 8))).toBeNull();
  });

  test("RFC 8032, test 1, and RFC 7748, section 6.1", async () => {
    const secret = hexToBytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    expect(bytesToHex(await primitives.ed25519PublicKey(secret))).toBe(
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    );
    const alice = hexToBytes("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    const bob = hexToBytes("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    expect(bytesToHex(await primitives.x25519PublicKey(alice))).toBe(
      "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
    );
    expect(bytesToHex((await primitives.x25519(alice, bob)) as Uint8Array)).toBe(
      "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
    );
  });
});

test.each(edges.x25519)("X25519: $note", ({ publicKey, accepted }) => {
  expect(isAcceptableX25519(hexToBytes(publicKey))).toBe(accepted);
  if (!accepted) {
    expect(() => requireX25519(hexToBytes(publicKey), "trustee 1")).toThrow(
      expect.objectContaining({ code: "weak_key" }),
    );
  }
});
