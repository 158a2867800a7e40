/** Bytes written and read within bounds. Numbers are unsigned and big-endian. */
import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { SealedError } from "./errors";

export const concat = concatBytes;
export const utf8 = utf8ToBytes;

/** @throws {RangeError} for a number that does not fit */
export function uint(value: number, length: 1 | 2 | 4): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** (8 * length)) {
    throw new RangeError(`${value} does not fit in ${length} bytes`);
  }
  const bytes = new Uint8Array(length);
  for (let i = length - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  return bytes;
}

/** Takes as long for equal bytes as for bytes that differ early. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number);
  return difference === 0;
}

/** Whether all bytes are zero. */
export function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

/** @throws {SealedError} `malformed` unless there are exactly so many bytes */
export function requireLength(bytes: Uint8Array, length: number, what: string): Uint8Array {
  if (bytes.length !== length) {
    throw new SealedError("malformed", `${what}: ${bytes.length} bytes instead of ${length}`);
  }
  return bytes;
}

/** Reads a layout from its first byte to its last. */
export class Reader {
  #at = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly what: string,
  ) {}

  /** A copy of the next bytes. @throws {SealedError} `malformed` where there are fewer */
  take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.bytes.length) throw new SealedError("malformed", `${this.what}: too short`);
    const taken = this.bytes.slice(this.#at, end);
    this.#at = end;
    return taken;
  }

  uint(length: 1 | 2 | 4): number {
    return this.take(length).reduce((value, byte) => value * 256 + byte, 0);
  }

  /** @throws {SealedError} `malformed` when the next byte is another */
  version(expected: number): void {
    if (this.uint(1) !== expected) throw new SealedError("malformed", `${this.what}: unknown version`);
  }

  /** @throws {SealedError} `malformed` when something follows */
  end(): void {
    if (this.#at !== this.bytes.length) throw new SealedError("malformed", `${this.what}: too long`);
  }
}
