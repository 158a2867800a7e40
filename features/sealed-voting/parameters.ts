/** All that a voter's device needs to know of a frozen sealed round, as JSON. Bytes are hexadecimal, moduli base64. */
import type { BallotType } from "@/voting/ballots/content";

export interface SealedParameters {
  readonly version: 1;
  /** The round's id. */
  readonly round: string;
  /** F. */
  readonly digest: string;
  readonly layout: { readonly type: BallotType; readonly projects: number; readonly slots: number };
  readonly areas: readonly { readonly number: number; readonly moduli: readonly [string, string, string] }[];
  /** Modulus of the key for posting. */
  readonly posting: string;
  readonly trustees: readonly [string, string, string];
  readonly opener: string;
  readonly relay: string;
  readonly copyKeeper: string;
  readonly groupSize: number;
  /** Instant after which nothing is received. */
  readonly closesAt: string;
  /** SHA-256 of the device's program. */
  readonly bundle: string;
  readonly addresses: SealedAddresses;
}

/** Where the parties of a round are asked, each an origin with a path and without a slash behind. */
export interface SealedAddresses {
  readonly issuers: readonly [string, string, string];
  readonly relay: string;
  /** What the ledger has recorded, read from any organisation's copy of it. */
  readonly ledger: string;
}
