/**
 * An ECDSA signature as WebCrypto takes it, r ‖ s, from the DER in which ledgers and passkeys have it. As strict as
 * OpenSSL, which writes a signature again and compares it: null for every other encoding of the same numbers.
 */
export function rawSignature(der: Uint8Array, length: number): Uint8Array | null {
  const first = header(der, 0, 0x30);
  if (!first || first.end !== der.length) return null;
  const r = integer(der, first.start, length);
  const s = r && integer(der, r.end, length);
  if (!r || !s || s.end !== der.length) return null;
  const raw = new Uint8Array(2 * length);
  raw.set(r.bytes, length - r.bytes.length);
  raw.set(s.bytes, 2 * length - s.bytes.length);
  return raw;
}

/** Where the contents of an element are; lengths are in their shortest form. */
function header(der: Uint8Array, at: number, tag: number): { start: number; end: number } | null {
  if (der[at] !== tag) return null;
  const short = der[at + 1] ?? 0xff;
  if (short < 0x80) return { start: at + 2, end: at + 2 + short };
  const long = der[at + 2] ?? 0;
  return short === 0x81 && long >= 0x80 ? { start: at + 3, end: at + 3 + long } : null;
}

/** A positive number in its shortest form, without the zero that keeps it positive. */
function integer(der: Uint8Array, at: number, length: number): { bytes: Uint8Array; end: number } | null {
  const found = header(der, at, 0x02);
  if (!found || found.end > der.length || found.end === found.start) return null;
  const [first = 0, second = 0] = der.subarray(found.start, found.end);
  const isPadded = first === 0 && found.end - found.start > 1;
  if (first >= 0x80 || (isPadded && second < 0x80)) return null;
  const bytes = der.subarray(found.start + (isPadded ? 1 : 0), found.end);
  return bytes.length > length ? null : { bytes, end: found.end };
}
