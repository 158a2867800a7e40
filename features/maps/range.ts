/** The `Range` header of HTTP, one range of bytes (RFC 9110, 14.1.2). Pure. */

export type Range = { start: number; end: number };

/**
 * @returns the first and the last byte that are asked for; undefined where the whole is to be sent, as for a header that
 * is none or asks for several ranges
 */
export function rangeOf(header: string | null, size: number): Range | "unsatisfiable" | undefined {
  const [, from = "", to = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  if (from === "") {
    const last = Number(to);
    return last === 0 || size === 0 ? "unsatisfiable" : { start: Math.max(0, size - last), end: size - 1 };
  }
  const start = Number(from);
  const end = to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (start >= size) return "unsatisfiable";
  return end < start ? undefined : { start, end };
}
