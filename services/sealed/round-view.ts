/** A sealed round as the ledger has it, in the form in which the parts work with it. */

import type { BallotLayout } from "@/voting/sealed/ballot-layout";
import { type RsaKey, readIssuerKey } from "@/voting/sealed/blind-signature";
import type { AreaIssuers } from "@/voting/sealed/credentials";
import type { Keeper } from "@/voting/sealed/receipts";
import type { IssuerNumber, SealedRound } from "@/voting/sealed/round";

export interface RoundArea {
  /** After joining, from 1. */
  readonly number: number;
  /** What was joined, as it was announced. */
  readonly announced: readonly { readonly id: string; readonly size: number; readonly root: string }[];
}

export interface IssuerKeyView {
  readonly issuer: IssuerNumber;
  /** 0 for the posting key. */
  readonly area: number;
  readonly modulus: Uint8Array;
}

/** What is known once everything is frozen. */
export interface FrozenView {
  /** F. */
  readonly digest: Uint8Array;
  readonly layout: BallotLayout;
  readonly trustees: readonly [Uint8Array, Uint8Array, Uint8Array];
  /** T: nothing is taken from then on. */
  readonly closesAt: Date;
  readonly phase: "frozen" | "open" | "closed" | "annulled";
}

export interface RoundView {
  readonly municipality: string;
  readonly id: string;
  readonly areas: readonly RoundArea[];
  /** k. */
  readonly groupSize: number;
  readonly graceMinutes: number;
  readonly noticeHours: number;
  readonly issuerKeys: readonly IssuerKeyView[];
  readonly ties: readonly {
    readonly issuer: IssuerNumber;
    readonly committed: boolean;
    readonly revealed: boolean;
  }[];
  readonly keys: Readonly<Partial<Record<Keeper | "opener", Uint8Array>>>;
  readonly frozen: FrozenView | null;
  readonly receptionEnded: boolean;
  readonly listed: boolean;
  /** Areas of which enough ballots stand, once they are listed. */
  readonly openedAreas: readonly number[] | null;
  /** How many envelopes were to be purged, once ballots are listed. */
  readonly superseded: number;
  readonly published: boolean;
}

export type FrozenRound = RoundView & { readonly frozen: FrozenView };

export function isFrozen(round: RoundView): round is FrozenRound {
  return round.frozen !== null;
}

/** Whether nothing is taken from voters any more, whatever the clock says. */
export function isOver({ frozen: { phase } }: FrozenRound): boolean {
  return phase === "closed" || phase === "annulled";
}

/** What sealing and opening need. */
export function sealedRound(round: FrozenRound): SealedRound {
  const { digest, layout, trustees } = round.frozen;
  return { digest, layout, trustees, opener: keyOf(round, "opener") };
}

export function keyOf(round: RoundView, part: Keeper | "opener"): Uint8Array {
  const key = round.keys[part];
  if (!key) throw new Error(`round ${round.id} has no key of the ${part}`);
  return key;
}

/** Keys of an area by which casts are checked; undefined for an area that the round does not have. */
export function issuersOf(round: RoundView, area: number): AreaIssuers | undefined {
  const [first, second, third] = ([1, 2, 3] as const).map((issuer) => issuerKey(round, issuer, area));
  return area > 0 && first && second && third ? [first, second, third] : undefined;
}

export function postingKey(round: RoundView): RsaKey | undefined {
  return issuerKey(round, 1, 0);
}

const read = new WeakMap<Uint8Array, RsaKey>();

function issuerKey(round: RoundView, issuer: IssuerNumber, area: number): RsaKey | undefined {
  const found = round.issuerKeys.find((key) => key.issuer === issuer && key.area === area);
  if (!found) return undefined;
  const key = read.get(found.modulus) ?? readIssuerKey(found.modulus);
  read.set(found.modulus, key);
  return key;
}
