/**
 * Rule 4, in integer cents: paid ≤ accepted ≤ committed ≤ budget for every line and every commitment. All writes of
 * lines and commitments go through here, so no transaction can break it.
 */
import { RuleError } from "../../../protocol/errors";
import type { RecordOf } from "../../../protocol/records";
import type { Tx } from "./tx";

type Line = RecordOf<"budget_line">;
type Commitment = RecordOf<"commitment">;

/** @throws {RuleError} `over_budget`, `over_commitment` or `over_accepted`; `invalid_input` on an amount no number holds */
export function putLine(tx: Tx, line: Line): void {
  requireCents(line.budgetCents, line.committedCents, line.acceptedCents, line.paidCents);
  requireCents(line.carriedInCents, line.carriedOutCents);
  if (line.committedCents > line.budgetCents) {
    throw new RuleError("over_budget", { limitCents: line.budgetCents });
  }
  if (line.acceptedCents > line.committedCents) {
    throw new RuleError("over_commitment", { limitCents: line.committedCents });
  }
  if (line.paidCents > line.acceptedCents) {
    throw new RuleError("over_accepted", { limitCents: line.acceptedCents });
  }
  tx.put("budget_line", [line.id], line);
}

/** @throws {RuleError} `over_commitment` or `over_accepted`; `invalid_input` on an amount no number holds */
export function putCommitment(tx: Tx, commitment: Commitment): void {
  const { amountCents, plannedCents, acceptedCents, paidCents } = commitment;
  requireCents(amountCents, plannedCents, acceptedCents, paidCents);
  if (plannedCents > amountCents) throw new RuleError("over_commitment", { limitCents: amountCents });
  if (acceptedCents > plannedCents) throw new RuleError("over_planned", { limitCents: plannedCents });
  if (paidCents > acceptedCents) throw new RuleError("over_accepted", { limitCents: acceptedCents });
  tx.put("commitment", [commitment.id], commitment);
}

/** @throws {RuleError} `invalid_input` unless every sum is a whole, non-negative number that JSON carries exactly */
export function requireCents(...sums: number[]): void {
  for (const sum of sums) {
    if (!Number.isSafeInteger(sum) || sum < 0) throw new RuleError("invalid_input", { path: "amountCents" });
  }
}
