/** Digests and text by Node; a browser that checks evidence has `verifier/machine/web-digest.ts` in its place. */
export { isUtf8 } from "node:buffer";

import { hash } from "node:crypto";

export function sha256(data: Uint8Array): Uint8Array {
  return hash("sha256", data, "buffer");
}

export function sha256Hex(data: Uint8Array): string {
  return hash("sha256", data, "hex");
}
