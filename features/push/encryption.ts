/** What a browser is sent, so that its push service cannot read it: RFC 8291, in one record of RFC 8188. */
import { createCipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";

/** Of a browser's subscription: its P-256 point and its secret, base64url. */
export type BrowserKeys = { p256dh: string; auth: string };

const RECORD_BYTES = 4_096;
const TAG_BYTES = 16;
/** Lengths are rounded up, so that they say little. */
const STEP_BYTES = 256;
/** What fits into one record with its header, which is all that push services take. */
export const MOST_BYTES = 3_840;

/**
 * @param chosen salt of 16 bytes and private key, where a test chooses them
 * @throws RangeError where the text is too long for one message
 */
export function encryptedFor(
  { p256dh, auth }: BrowserKeys,
  text: string,
  chosen?: { salt: Buffer; privateKey: Buffer; padded: boolean },
): Buffer {
  const plain = Buffer.from(text);
  if (plain.length >= MOST_BYTES) throw new RangeError("too long for one message");
  const salt = chosen?.salt ?? randomBytes(16);
  const own = createECDH("prime256v1");
  if (chosen) own.setPrivateKey(chosen.privateKey);
  else own.generateKeys();
  const theirs = Buffer.from(p256dh, "base64url");
  const shared = own.computeSecret(theirs);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), theirs, own.getPublicKey()]);
  const secret = derived(shared, Buffer.from(auth, "base64url"), info, 32);
  const key = derived(secret, salt, Buffer.from("Content-Encoding: aes128gcm\0"), 16);
  const nonce = derived(secret, salt, Buffer.from("Content-Encoding: nonce\0"), 12);
  const length = Math.ceil((plain.length + 1) / STEP_BYTES) * STEP_BYTES;
  const padding = chosen?.padded === false ? 0 : length - plain.length - 1;
  const cipher = createCipheriv("aes-128-gcm", key, nonce, { authTagLength: TAG_BYTES });
  // 2 says that this record is the last one; zeros after it are padding.
  const body = Buffer.concat([
    cipher.update(plain),
    cipher.update(Buffer.of(2)),
    cipher.update(Buffer.alloc(padding)),
    cipher.final(),
  ]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(RECORD_BYTES);
  const point = own.getPublicKey();
  return Buffer.concat([salt, size, Buffer.of(point.length), point, body, cipher.getAuthTag()]);
}

function derived(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, bytes: number): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, salt, info, bytes));
}
