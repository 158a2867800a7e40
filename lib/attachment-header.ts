import { create } from "content-disposition";

/**
 * Value of `Content-Disposition` for a file that is to be kept under `name`: as it is (RFC 8187), and in ASCII for
 * clients that read nothing else.
 */
export function attachmentHeader(name: string): string {
  const wellFormed = name.toWellFormed();
  const plain = wellFormed
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\x20-\x7e]+/g, "_")
    .replace(/["\\%;]/g, "_");
  return create(wellFormed, { fallback: plain });
}
