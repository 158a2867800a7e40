/** The public list of sealed ρ, given out in large parts so that nobody can be seen to fetch an own entry. */

import { PartRefusal } from "@/lib/part-refusal";
import { concat } from "@/voting/sealed/bytes";
import { RHO_TAG } from "@/voting/sealed/rho-list";
import type { Store } from "../sealed/store";

/** A bucket has so many entries at least, or there is one. */
export const LEAST_IN_BUCKET = 100;
const MOST_BITS = 12;

export class RhoList {
  constructor(private readonly store: Store) {}

  /**
   * Keeps an entry; the same one again changes nothing, another one under the same tag is refused: nobody overwrites
   * what a person needs on the second device.
   */
  add(round: string, entry: Uint8Array, most: number): void {
    const tag = entry.slice(0, RHO_TAG);
    const before = this.store
      .prepare("SELECT entry FROM rho_entry WHERE round = ? AND tag = ?")
      .get(round, tag) as { entry: Uint8Array } | undefined;
    if (before && Buffer.compare(before.entry, entry) === 0) return;
    if (before) throw new PartRefusal(403, "entry_taken");
    if (this.count(round) >= most) throw new PartRefusal(503, "list_full");
    this.store.prepare("INSERT INTO rho_entry (round, tag, entry) VALUES (?, ?, ?)").run(round, tag, entry);
  }

  /** By how many first bits of their tags entries are in buckets. Tags are uniform, so that buckets fill evenly. */
  bits(round: string): number {
    const entries = this.count(round);
    let bits = 0;
    // More than are wanted on average: a bucket that happens to be small is still large.
    while (bits < MOST_BITS && entries / 2 ** (bits + 1) >= 1.5 * LEAST_IN_BUCKET) bits += 1;
    return bits;
  }

  /** Entries whose tag begins with the bits of a bucket, in the order of tags. */
  bucket(round: string, bucket: number): Uint8Array {
    const buckets = 2 ** this.bits(round);
    if (bucket >= buckets) throw new PartRefusal(404, "not_found");
    const width = 65_536 / buckets;
    const bound = (value: number) => {
      const bytes = Buffer.alloc(RHO_TAG);
      bytes.writeUInt16BE(value);
      return bytes;
    };
    const last = (bucket + 1) * width;
    const rows = this.store
      .prepare(
        last === 65_536
          ? "SELECT entry FROM rho_entry WHERE round = ? AND tag >= ? ORDER BY tag"
          : "SELECT entry FROM rho_entry WHERE round = ? AND tag >= ? AND tag < ? ORDER BY tag",
      )
      .all(...[round, bound(bucket * width), ...(last === 65_536 ? [] : [bound(last)])]) as {
      entry: Uint8Array;
    }[];
    return concat(...rows.map(({ entry }) => entry));
  }

  count(round: string): number {
    return (
      this.store.prepare("SELECT count(*) AS count FROM rho_entry WHERE round = ?").get(round) as {
        count: number;
      }
    ).count;
  }
}
