/**
 * A trustee's key of a round in a file, encrypted with a custodian's passphrase: scrypt and AES-256-GCM. Each of two
 * custodians has a file and a passphrase; either file opens the key.
 */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import { z } from "zod";

/** Half a second and 128 MB on a usual computer. */
const COST = { N: 2 ** 17, r: 8, p: 1 } as const;
const hexOf = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`));

export const KeyFile = z.strictObject({
  format: z.literal("co-city trustee key 1"),
  round: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  /** X25519. */
  publicKey: hexOf(32),
  salt: hexOf(16),
  nonce: hexOf(12),
  /** The secret key and the tag. */
  sealed: hexOf(48),
});
export type KeyFile = z.infer<typeof KeyFile>;

export const LEAST_PASSPHRASE = 12;

export function sealKey(
  round: string,
  publicKey: Uint8Array,
  secret: Uint8Array,
  passphrase: string,
): KeyFile {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)];
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  const described = { format: "co-city trustee key 1", round, publicKey: hex(publicKey) } as const;
  const cipher = createCipheriv("aes-256-gcm", keyOf(passphrase, salt), nonce).setAAD(additional(described));
  const sealed = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  return { ...described, salt: hex(salt), nonce: hex(nonce), sealed: hex(sealed) };
}

/** Null for another passphrase, or a file that was altered. */
export function openKey(file: KeyFile, passphrase: string): Uint8Array | null {
  const bytes = Buffer.from(file.sealed, "hex");
  const salt = Buffer.from(file.salt, "hex");
  const cipher = createDecipheriv("aes-256-gcm", keyOf(passphrase, salt), Buffer.from(file.nonce, "hex"))
    .setAAD(additional(file))
    .setAuthTag(bytes.subarray(-16));
  try {
    return new Uint8Array(Buffer.concat([cipher.update(bytes.subarray(0, -16)), cipher.final()]));
  } catch {
    return null;
  }
}

function additional({ format, round, publicKey }: Pick<KeyFile, "format" | "round" | "publicKey">): Buffer {
  return Buffer.from(`${format}\n${round}\n${publicKey}`);
}

/** Typed on different keyboards the same letters may be other bytes. */
function keyOf(passphrase: string, salt: Uint8Array): Buffer {
  return scryptSync(passphrase.normalize("NFKC"), salt, 32, { ...COST, maxmem: 256 * 1024 * 1024 });
}
