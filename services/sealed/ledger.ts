/** What a part asks of the ledger and brings to it. */
import type { RoundView } from "./round-view";

/** The chaincode has refused by a rule. */
export class LedgerRefusal extends Error {
  override readonly name = "LedgerRefusal";
  constructor(readonly code: string) {
    super(`the ledger refused: ${code}`);
  }
}

/** Nobody answered, or what was sent met a change of somebody else's: later. */
export class LedgerAway extends Error {
  override readonly name = "LedgerAway";
}

export interface RecordedPlace {
  readonly round: string;
  readonly area: number;
  readonly key: Uint8Array;
  readonly seq: number;
}

export interface VouchedFor {
  readonly area: number;
  readonly purpose: "paper" | "credential";
}

export interface SealedLedger {
  /** All sealed rounds of the part's municipalities. */
  rounds(): Promise<RoundView[]>;
  /** The ledger's own day, ISO: in a trial another than the calendar's. */
  day(municipality: string): Promise<string>;
  /** The digest of the envelope that is recorded at a place. */
  recorded(municipality: string, place: RecordedPlace): Promise<Uint8Array | null>;
  /** For what two organisations vouch by a voucher at a desk; null while they do not. */
  vouched(municipality: string, round: string, voucher: Uint8Array): Promise<VouchedFor | null>;
  /**
   * Brings a transaction to the ledger and waits until it is in a block.
   * @throws LedgerRefusal or LedgerAway
   */
  submit(
    transaction: string,
    input: Readonly<Record<string, unknown>> & { readonly municipality: string },
    transient?: Readonly<Record<string, Uint8Array>>,
  ): Promise<unknown>;
}
