import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { describe, expect, test } from "vitest";
import { utf8 } from "./bytes";
import { deriveSecretKey, hpkeOpen, hpkeOpenAsSender, hpkeSeal } from "./hpke";
import { nodePrimitives } from "./node";
import vector from "./vectors/rfc9180.json" with { type: "json" };
import { webPrimitives } from "./web";

const recipient = hexToBytes(vector.pkRm);
const info = hexToBytes(vector.info);
const additional = hexToBytes(vector.aad);
const plaintext = hexToBytes(vector.pt);
const ephemeral = deriveSecretKey(hexToBytes(vector.ikmE));

describe.each(Object.entries({ "node:crypto": nodePrimitives, WebCrypto: webPrimitives }))(
  "%s",
  (_, machine) => {
    test("the published vector of this suite", async () => {
      const secret = deriveSecretKey(hexToBytes(vector.ikmR));
      expect(bytesToHex(secret)).toBe(vector.skRm);
      expect(bytesToHex(await machine.x25519PublicKey(secret))).toBe(vector.pkRm);
      const sealed = await hpkeSeal(machine, { recipient, ephemeral, info, additional }, plaintext);
      expect(bytesToHex(sealed)).toBe(vector.enc + vector.ct);
      expect(await hpkeOpen(machine, secret, info, sealed, additional)).toEqual(plaintext);
      expect(await hpkeOpenAsSender(machine, { recipient, ephemeral, info, additional }, sealed)).toEqual(
        plaintext,
      );
    });

    test("another key, information or byte opens nothing", async () => {
      const secret = hexToBytes(vector.skRm);
      const sealed = await hpkeSeal(machine, { recipient, ephemeral, info }, plaintext);
      const notOpened = expect.objectContaining({ code: "not_opened" });
      await expect(hpkeOpen(machine, ephemeral, info, sealed)).rejects.toEqual(notOpened);
      await expect(hpkeOpen(machine, secret, utf8("other"), sealed)).rejects.toEqual(notOpened);
      await expect(hpkeOpen(machine, secret, info, sealed, additional)).rejects.toEqual(notOpened);
      await expect(hpkeOpen(machine, secret, info, sealed.slice(0, 40))).rejects.toEqual(notOpened);
      for (let at = 32; at < sealed.length; at++) {
        const altered = sealed.with(at, (sealed[at] as number) ^ 0x80);
        await expect(hpkeOpen(machine, secret, info, altered)).rejects.toEqual(notOpened);
      }
    });

    test("a sender shows only what the recipient can open", async () => {
      // Sealed by the rules, but under an encapsulated key that is not the ephemeral's.
      const another = await machine.x25519PublicKey(hexToBytes(vector.skRm));
      const split = { ...machine, x25519PublicKey: async () => another };
      const sealed = await hpkeSeal(split, { recipient, ephemeral, info }, plaintext);
      const notOpened = expect.objectContaining({ code: "not_opened" });
      await expect(hpkeOpen(machine, hexToBytes(vector.skRm), info, sealed)).rejects.toEqual(notOpened);
      await expect(hpkeOpenAsSender(machine, { recipient, ephemeral, info }, sealed)).rejects.toEqual(
        notOpened,
      );
    });

    test("a key of small order is refused on either side", async () => {
      const weak = expect.objectContaining({ code: "weak_key" });
      await expect(
        hpkeSeal(machine, { recipient: new Uint8Array(32), ephemeral, info }, plaintext),
      ).rejects.toEqual(weak);
      const sealed = await hpkeSeal(machine, { recipient, ephemeral, info }, plaintext);
      sealed.fill(0, 0, 32);
      await expect(hpkeOpen(machine, hexToBytes(vector.skRm), info, sealed)).rejects.toEqual(weak);
      await expect(hpkeOpen(machine, hexToBytes(vector.skRm), info, sealed.slice(0, 20))).rejects.toEqual(
        weak,
      );
    });
  },
);
