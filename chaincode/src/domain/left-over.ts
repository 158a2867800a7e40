/** What of a commitment a year leaves to later ones. */
import type { RecordOf } from "../../../protocol/records";

type Milestone = Pick<RecordOf<"milestone">, "state" | "submittedOn" | "amountCents">;
type Commitment = Pick<RecordOf<"commitment">, "amountCents" | "plannedCents">;

/** Whether what a milestone pays for is of a later year than its line: not handed in by its last day, nor come to nothing. */
export function isOfLaterYears({ state, submittedOn }: Milestone, year: number): boolean {
  if (state === "planned") return true;
  if (state !== "evidence_submitted" && state !== "verified") return false;
  return submittedOn !== undefined && submittedOn > `${year}-12-31`;
}

/**
 * The milestones that go on in a later year, and with what no milestone plans their sum, cents.
 * @param milestones all of the commitment
 * @param year of its line
 * @param isOver whether its pact has ended: no new work is done under it, so only what was handed in goes on
 */
export function leftOver<M extends Milestone>(
  { amountCents, plannedCents }: Commitment,
  milestones: readonly M[],
  year: number,
  isOver: boolean,
): { milestones: M[]; plannedCents: number; amountCents: number } {
  const left = milestones.filter(
    (milestone) => isOfLaterYears(milestone, year) && !(isOver && milestone.state === "planned"),
  );
  const planned = left.reduce((sum, milestone) => sum + milestone.amountCents, 0);
  const unplanned = isOver ? 0 : amountCents - plannedCents;
  return { milestones: left, plannedCents: planned, amountCents: unplanned + planned };
}
