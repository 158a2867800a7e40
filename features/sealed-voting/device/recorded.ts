/** What the ledger has of one voter's key before the closing, read without asking for the key. */
import { concat, equalBytes, uint } from "@/voting/sealed/bytes";
import { bucketOf } from "./buckets";
import { toHex } from "./bytes";
import type { DeviceRound, Machine } from "./round";

/** Area (2) ‖ key (32) ‖ seq (1) ‖ digest of the envelope (32). */
export const RECORDED_ENTRY = 2 + 32 + 1 + 32;

export interface RecordedOne {
  readonly seq: number;
  /** Of the envelope, hexadecimal. */
  readonly digest: string;
}

/** In the order of seq. @throws {DeviceFault} */
export async function recordedOf(
  machine: Machine,
  round: DeviceRound,
  { area, voter }: { readonly area: number; readonly voter: Uint8Array },
): Promise<RecordedOne[]> {
  const list = `${round.addresses.ledger}/recorded`;
  const entries = await bucketOf(machine, "ledger", list, voter, RECORDED_ENTRY);
  const beginning = concat(uint(area, 2), voter);
  return entries
    .filter((entry) => equalBytes(entry.subarray(0, beginning.length), beginning))
    .map((entry) => ({ seq: entry[34] as number, digest: toHex(entry.subarray(35)) }))
    .sort((a, b) => a.seq - b.seq);
}
