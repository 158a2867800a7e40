/** What a part derives from the one secret of its environment. The secret is never stored beside what it protects. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const NONCE = 12;
const TAG = 16;

export class PartSecret {
  readonly #bytes: Buffer;

  /** @param hex 32 bytes */
  constructor(hex: string) {
    if (!/^[0-9a-f]{64}$/.test(hex)) throw new Error("a part's secret is 32 bytes in hexadecimal");
    this.#bytes = Buffer.from(hex, "hex");
  }

  /** 32 bytes for one purpose: the same whenever they are asked for, so that a lost disk does not lose them. */
  derive(purpose: string): Uint8Array {
    return new Uint8Array(hkdfSync("sha256", this.#bytes, "", `co-city part 1\n${purpose}`, 32));
  }

  /** AES-256-GCM: nonce (12), ciphertext, tag (16). The purpose is authenticated. */
  seal(plain: Uint8Array, purpose: string): Uint8Array {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv("aes-256-gcm", this.derive("at rest"), nonce).setAAD(Buffer.from(purpose));
    return new Uint8Array(Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]));
  }

  /** @throws Error for what was altered, sealed for another purpose, or under another secret */
  open(sealed: Uint8Array, purpose: string): Uint8Array {
    const bytes = Buffer.from(sealed);
    const decipher = createDecipheriv("aes-256-gcm", this.derive("at rest"), bytes.subarray(0, NONCE))
      .setAAD(Buffer.from(purpose))
      .setAuthTag(bytes.subarray(-TAG));
    try {
      return new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]));
    } catch {
      throw new Error(`${purpose}: altered, or under another secret`);
    }
  }
}
