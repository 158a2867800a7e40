/**
 * The order of identifiers when no order was drawn: those that are numbers numerically, others
 * naturally, so that `2` comes before `10` and `c2` before `c10`. No locale takes part, because every
 * organisation has to arrive at the same order.
 */
export function naturalCompare(a: string, b: string): number {
  const left = chunks(a);
  const right = chunks(b);
  for (let i = 0; i < left.length && i < right.length; i++) {
    const order = compareChunks(left[i] ?? "", right[i] ?? "");
    if (order !== 0) return order;
  }
  return left.length - right.length || comparePoints(a, b);
}

/** Compares by code point, as UTF-8 bytes would: UTF-16 units put U+1F600 before U+FF00. */
export function comparePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const xIsSurrogate = (x & 0xf800) === 0xd800;
    const yIsSurrogate = (y & 0xf800) === 0xd800;
    return xIsSurrogate === yIsSurrogate ? x - y : xIsSurrogate ? 1 : -1;
  }
  return a.length - b.length;
}

function chunks(id: string): string[] {
  return id.match(/[0-9]+|[^0-9]+/g) ?? [];
}

function compareChunks(a: string, b: string): number {
  const aIsNumber = isDigit(a);
  const bIsNumber = isDigit(b);
  if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1;
  if (!aIsNumber) return comparePoints(a, b);
  const x = a.replace(/^0+(?=.)/, "");
  const y = b.replace(/^0+(?=.)/, "");
  return x.length - y.length || comparePoints(x, y);
}

function isDigit(chunk: string): boolean {
  const code = chunk.charCodeAt(0);
  return code >= 48 && code <= 57;
}
