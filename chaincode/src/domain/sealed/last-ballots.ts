/**
 * The last ballot of each key, in buckets by the first digits of keys: a transaction reads a bucket as a whole, so that
 * lists of any length are gone through in bounded steps and in the order of areas and keys.
 */
import { areaPart } from "../../../../protocol/records/sealed";
import type { InternalRecords, SealedPhase } from "../internal";
import type { Tx } from "../tx";

export type LastBallot = InternalRecords["last_ballot"];

/** Where the next step goes on: a bucket of an area, by their places from 0. */
export interface BucketPlace {
  area: number;
  bucket: number;
}

/** Keys that a bucket holds on average, when everybody on the roll votes. */
const IN_BUCKET = 200;
const DIGITS = 4;

/** Hexadecimal digits that buckets of an area are told apart by. */
export function bucketDigits(places: number): number {
  let digits = 0;
  while (digits < DIGITS && places > IN_BUCKET * 16 ** digits) digits += 1;
  return digits;
}

export function lastBallotOf(tx: Tx, round: string, phase: SealedPhase, area: number, key: string) {
  return tx.getInternal("last_ballot", ...keyOf(round, phase, area, key));
}

export function putLastBallot(
  tx: Tx,
  round: string,
  phase: SealedPhase,
  area: number,
  ballot: LastBallot,
): void {
  tx.putInternal("last_ballot", keyOf(round, phase, area, ballot.key), ballot);
}

/** The last ballots of a bucket in the order of their keys; undefined behind the last bucket. */
export async function bucketAt(
  tx: Tx,
  round: string,
  phase: SealedPhase,
  { area, bucket }: BucketPlace,
): Promise<LastBallot[] | undefined> {
  const places = phase.areas[area];
  if (places === undefined) return undefined;
  return tx.listInternal("last_ballot", round, areaPart(area + 1), bucketName(bucketDigits(places), bucket));
}

export function bucketAfter(phase: SealedPhase, { area, bucket }: BucketPlace): BucketPlace {
  const buckets = 16 ** bucketDigits(phase.areas[area] ?? 0);
  return bucket + 1 < buckets ? { area, bucket: bucket + 1 } : { area: area + 1, bucket: 0 };
}

function keyOf(round: string, phase: SealedPhase, area: number, key: string): string[] {
  const digits = bucketDigits(phase.areas[area - 1] ?? 0);
  return [round, areaPart(area), digits === 0 ? ALL : key.slice(0, digits), key];
}

const ALL = "all";

function bucketName(digits: number, bucket: number): string {
  return digits === 0 ? ALL : bucket.toString(16).padStart(digits, "0");
}
