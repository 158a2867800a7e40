/** @throws TypeError on bytes that are no UTF-8: replaced, they would be another text than was signed */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}
