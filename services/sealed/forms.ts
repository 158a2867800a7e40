/** Forms of what parts are sent. */
import { z } from "zod";

export const RoundId = z.string().regex(/^[A-Za-z0-9-]{1,64}$/);
const base64Of = (length: number) => Math.ceil(length / 3) * 4;

/** Base64 (RFC 4648, padded) of exactly so many bytes. */
export function base64Bytes(length: number) {
  return z
    .base64()
    .length(base64Of(length))
    .transform((text): Uint8Array => new Uint8Array(Buffer.from(text, "base64")))
    .refine((bytes) => bytes.length === length);
}

/** Lower-case hexadecimal of exactly so many bytes. */
export function hexBytes(length: number) {
  return z
    .string()
    .regex(/^[0-9a-f]*$/)
    .length(2 * length)
    .transform((text): Uint8Array => new Uint8Array(Buffer.from(text, "hex")));
}

export const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
export const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
