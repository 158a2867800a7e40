import { encodeQueryReads } from "../../evidence/encode-read-write-set";
import { sha256 } from "../../evidence/hash";
import type { RangeQueryMerkle, Read } from "../../evidence/types";

/** Fabric's `maxDegreeQueryReadsHashing`: longer results are summarised. */
export const MAX_DEGREE = 50;

/**
 * Gathers what a range scan saw. Up to `maxDegree` results it keeps them; more are summarised as a Merkle tree of that
 * degree, exactly as `rwsetutil.RangeQueryResultsHelper` does, so that a read set stays small and a validator of either
 * kind reaches the same root.
 */
export class RangeReads {
  private pending: Read[] = [];
  private levels: Uint8Array[][] = [[]];

  constructor(private readonly maxDegree = MAX_DEGREE) {}

  add(read: Read): void {
    this.pending.push(read);
    if (this.pending.length > this.maxDegree) this.hashPending();
  }

  /** Ends the gathering. Reads or a summary, never both. */
  finish(): { reads: readonly Read[]; merkle?: RangeQueryMerkle } {
    const isEmpty = this.levels.length === 1 && this.top.length === 0;
    if (isEmpty) return { reads: this.pending };
    if (this.pending.length > 0) this.hashPending();
    this.closeTree();
    return {
      reads: [],
      merkle: { maxDegree: this.maxDegree, maxLevel: this.levels.length, maxLevelHashes: this.top },
    };
  }

  private get top(): Uint8Array[] {
    return this.levels.at(-1) ?? [];
  }

  private hashPending(): void {
    this.push(0, sha256(encodeQueryReads(this.pending)));
    this.pending = [];
    for (let level = 0; (this.levels[level]?.length ?? 0) > this.maxDegree; level += 1) this.raise(level);
  }

  // What is left on the lower levels goes up; a single hash as it is.
  private closeTree(): void {
    for (let level = 0; level < this.levels.length - 1; level += 1) {
      const hashes = this.levels[level] ?? [];
      const [only] = hashes;
      if (!only) continue;
      if (hashes.length > 1) this.raise(level);
      else {
        this.levels[level] = [];
        this.push(level + 1, only);
      }
    }
    if (this.top.length > this.maxDegree) this.raise(this.levels.length - 1);
  }

  private raise(level: number): void {
    const combined = sha256(Buffer.concat(this.levels[level] ?? []));
    this.levels[level] = [];
    this.push(level + 1, combined);
  }

  private push(level: number, hash: Uint8Array): void {
    const hashes = this.levels[level];
    if (hashes) hashes.push(hash);
    else this.levels[level] = [hash];
  }
}
