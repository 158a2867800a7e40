/** Public lists in large parts, so that nobody tells by asking which entry is theirs. */
import { ask } from "./asking";
import { DeviceFault, type Party } from "./faults";
import type { Machine } from "./round";

/** Parts are told apart by at most so many bits. */
export const MOST_BUCKET_BITS = 24;

/** The part of a list in which an entry beginning with these bytes stands. */
export function bucketNumber(beginning: Uint8Array, bits: number): number {
  const [a = 0, b = 0, c = 0] = beginning;
  return ((a << 16) | (b << 8) | c) >>> (MOST_BUCKET_BITS - bits);
}

/** All entries of that part. @throws {DeviceFault} */
export async function bucketOf(
  machine: Machine,
  party: Party,
  list: string,
  beginning: Uint8Array,
  length: number,
): Promise<Uint8Array[]> {
  const { bits } = (await ask(machine, party, list)).members();
  if (!Number.isInteger(bits) || (bits as number) < 0 || (bits as number) > MOST_BUCKET_BITS) {
    throw new DeviceFault("bad_answer", party);
  }
  const bucket = bucketNumber(beginning, bits as number);
  const { bytes } = await ask(machine, party, `${list}/${bucket}`);
  return entriesOf(bytes, length, party);
}

export function entriesOf(bytes: Uint8Array, length: number, party: Party): Uint8Array[] {
  if (bytes.length % length !== 0) throw new DeviceFault("bad_answer", party);
  return Array.from({ length: bytes.length / length }, (_, i) => bytes.slice(i * length, (i + 1) * length));
}
