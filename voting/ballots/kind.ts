import type { BallotContent } from "./content";

/**
 * How a ballot reaches the ledger. An *open* ballot shows its choices at once, under a key made for the
 * round; it is for assemblies and consultations. A sealed ballot will be one more member of CastBallot:
 * every `switch` on `kind` ends in `never`, so the compiler points at each place that has to know it.
 */
export interface OpenBallot {
  readonly kind: "open";
  /** The voter's public key of this round, hexadecimal. */
  readonly key: string;
  /** Counts the ballots of one key from 1 upwards; the highest stands. */
  readonly seq: number;
  readonly content: BallotContent;
}

export type CastBallot = OpenBallot;

export type BallotKind = CastBallot["kind"];

export const BALLOT_KINDS = ["open"] as const satisfies readonly BallotKind[];

/** The choices of a ballot that can be read. */
export function contentOf(ballot: CastBallot): BallotContent {
  switch (ballot.kind) {
    case "open":
      return ballot.content;
  }
}

/**
 * The ballots that stand: of each key the one with the highest `seq`, and of equal `seq` the first in the
 * list, which is the order of the ledger. In the order of keys, which says nothing about time.
 */
export function standingBallots(cast: Iterable<CastBallot>): CastBallot[] {
  const last = new Map<string, CastBallot>();
  for (const ballot of cast) {
    const earlier = last.get(ballot.key);
    if (earlier === undefined || ballot.seq > earlier.seq) last.set(ballot.key, ballot);
  }
  return [...last.values()].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}
