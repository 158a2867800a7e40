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

/** Everybody who has voted, also in areas whose ballots nobody opens. */
export function votersOf({
  ballots,
  void: voided,
  unopened = 0,
}: Pick<NonNullable<RecordOf<"round">["outcome"]>, "ballots" | "void" | "unopened">): number {
  return ballots + voided + unopened;
}

/**
 * How many are told to have voted; null of a sealed round that is not counted.
 * @param keys that have cast an open ballot
 */
export function toldVoters(
  { ballotKind, outcome }: Pick<RecordOf<"round">, "ballotKind" | "outcome">,
  keys: number,
): number | null {
  if (ballotKind !== "sealed") return keys;
  return outcome ? votersOf(outcome) : null;
}

/** Transactions that hold ballots, or the keys that cast them. */
export const ballotTransactions: readonly string[] = ["rounds:cast", "rounds:admit"];

export function holdsBallots(transaction: string): boolean {
  return ballotTransactions.includes(transaction);
}

/** Whether a ballot has limits beside how many projects may be chosen. */
export function hasMoreLimits({ type, groups }: RecordOf<"round">["ballot"]): boolean {
  return groups !== undefined || (type !== "approval" && type !== "choice");
}

/** How a page says how many projects may be chosen. */
export function limitsKind({
  least,
  most,
}: {
  least: number;
  most: number;
}): "one" | "exact" | "upTo" | "between" {
  if (most === 1) return "one";
  if (least === most) return "exact";
  return least <= 1 ? "upTo" : "between";
}
