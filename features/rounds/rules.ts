/** What a round may tell at which time. Pure. */
import type { RecordOf } from "@/protocol/records";

/**
 * Whether the ballots of a round may be told: what they choose, which there are, when each was cast. Not before the
 * ledger has closed it, also to whoever holds an office: until then they would tell how the vote stands.
 */
export function ballotsAreTold(state: RecordOf<"round">["state"] | string): boolean {
  return toldStates.has(state);
}

const toldStates: ReadonlySet<string> = new Set([
  "closed",
  "counted",
  "attested",
  "final",
  "annulled",
] satisfies RecordOf<"round">["state"][]);

/** Transactions that hold ballots, or the keys that cast them. */
export function holdsBallots(transaction: string): boolean {
  return transaction === "rounds:cast" || transaction === "rounds:admit";
}
