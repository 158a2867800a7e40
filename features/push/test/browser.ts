/** A browser as a push service and a page know it: its keys, and how it reads what comes. */
import { createDecipheriv, createECDH, type ECDH, hkdfSync, randomBytes } from "node:crypto";

export type TestBrowser = { endpoint: string; keys: { p256dh: string; auth: string }; ecdh: ECDH };

export function newBrowser(endpoint: string): TestBrowser {
  const ecdh = createECDH("prime256v1");
  const p256dh = ecdh.generateKeys("base64url");
  return { endpoint, keys: { p256dh, auth: randomBytes(16).toString("base64url") }, ecdh };
}

/** Reads a message as RFC 8291 has a browser do it. */
export function decrypted({ ecdh, keys }: TestBrowser, message: Buffer): string {
  const salt = message.subarray(0, 16);
  const idBytes = message.readUInt8(20);
  const sender = message.subarray(21, 21 + idBytes);
  const record = message.subarray(21 + idBytes);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), ecdh.getPublicKey(), sender]);
  const secret = hkdf(ecdh.computeSecret(sender), Buffer.from(keys.auth, "base64url"), info, 32);
  const key = hkdf(secret, salt, Buffer.from("Content-Encoding: aes128gcm\0"), 16);
  const nonce = hkdf(secret, salt, Buffer.from("Content-Encoding: nonce\0"), 12);
  const decipher = createDecipheriv("aes-128-gcm", key, nonce, { authTagLength: 16 });
  decipher.setAuthTag(record.subarray(-16));
  const plain = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  const end = plain.lastIndexOf(2);
  if (plain.subarray(end + 1).some((byte) => byte !== 0)) throw new Error("padding of something else");
  return plain.subarray(0, end).toString("utf8");
}

function hkdf(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, bytes: number): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, salt, info, bytes));
}
