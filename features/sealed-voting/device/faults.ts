/** What can go wrong on a voter's device, each with a code that a sentence is looked up by. */
export type DeviceFaultCode =
  /** The network, or whoever stands behind it, does not answer. */
  | "unreachable"
  /** Somebody answers what the protocol does not know. */
  | "bad_answer"
  | "too_busy"
  /** The round's parameters cannot be read. */
  | "bad_parameters"
  /** An issuer refuses, or the relay: `reason` says why. */
  | "refused"
  /** Issuers name different areas for one person. */
  | "issuers_disagree"
  /** An issuer's signature does not hold. */
  | "bad_credential"
  /** Nothing in the public list belongs to these words. */
  | "not_listed"
  /** The receipt does not hold. */
  | "bad_receipt"
  /** Two computations of one ballot differ: this device makes mistakes. */
  | "differs"
  /** Twenty ballots were sent. */
  | "no_more"
  /** The list that is shown is not the one with the root that is shown. */
  | "bad_list"
  /** What was handed over is no opened ballot of this round. */
  | "bad_proof"
  /** The browser is too old for the keys of this protocol. */
  | "unsupported";

/** Whom a fault is about. */
export type Party = "issuer 1" | "issuer 2" | "issuer 3" | "relay" | "ledger";

export class DeviceFault extends Error {
  override readonly name = "DeviceFault";

  constructor(
    readonly code: DeviceFaultCode,
    readonly party?: Party,
    /** As whoever refused has named it. */
    readonly reason?: string,
  ) {
    super([code, party, reason].filter(Boolean).join(": "));
  }
}
