/** What can be wrong with a round, a rule or a file, each with a stable code a message is looked up by. */
export type VotingErrorCode =
  | "duplicate-project"
  | "empty-project-id"
  | "negative-cost"
  | "negative-budget"
  | "money-decimals"
  | "unknown-project"
  | "duplicate-choice"
  | "points-out-of-range"
  | "tie-order"
  | "rule-unknown"
  | "rule-parameter"
  | "score-missing"
  | "id-not-exportable"
  | "areas";

/**
 * Thrown when an allocation cannot be counted as asked. `code` selects the sentence shown to a person,
 * `details` fills it; the message itself is plain English for logs and the command line.
 */
export class VotingError extends Error {
  override readonly name = "VotingError";

  constructor(
    readonly code: VotingErrorCode,
    message: string,
    readonly details: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}
