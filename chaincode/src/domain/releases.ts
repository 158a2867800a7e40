/** Ways out for committed money: back to its line, or paid after the pact it was for has ended. */
import { RuleError } from "../../../protocol/errors";
import type { RecordOf } from "../../../protocol/records";
import { MOST_ENTRIES } from "../../../protocol/records/money";
import { hasEnded } from "../../../protocol/records/pacts";
import type { InputOf } from "../../../protocol/transactions";
import { freeReleased } from "./funding";
import { committedTo } from "./funds";
import { addToGrants, countsAsGrant } from "./grants";
import type { Handler } from "./handler";
import { putCommitment, putLine } from "./money";
import { requireState } from "./moves";
import { change } from "./proposals";
import { invalid, requireRoom, requireSince } from "./require";
import { requireOfficial } from "./standing";
import type { Tx } from "./tx";

type Commitment = RecordOf<"commitment">;

/**
 * What no milestone plans goes back to the line, or what was accepted of a milestone and never asked for. Of money that
 * was carried over the budget came along, and goes with it: nobody commits it again (*economia*).
 */
export const release: Handler<"funds:release"> = async (tx, input) => {
  const commitment = await tx.need("commitment", input.commitment);
  const { proposal } = await requireOfficial(tx, commitment);
  const { amountCents, milestone, reasonDigest, act } = input;
  requireSince(act.date, commitment.committedOn);
  requireRoom(commitment.releases, MOST_ENTRIES);
  if (milestone === undefined) requireFree(commitment, amountCents);
  else await takeFromMilestone(tx, commitment, input, milestone);
  const accepted = milestone === undefined ? 0 : amountCents;
  const saved = commitment.carriedFrom ? amountCents : 0;
  const [line, payee, committed] = await Promise.all([
    tx.need("budget_line", commitment.line),
    tx.need("subject", commitment.payee),
    committedTo(tx, proposal),
  ]);
  putCommitment(tx, {
    ...commitment,
    amountCents: commitment.amountCents - amountCents,
    plannedCents: commitment.plannedCents - accepted,
    acceptedCents: commitment.acceptedCents - accepted,
    releases: [
      ...commitment.releases,
      { amountCents, milestone, act, reasonDigest, by: tx.actor, on: tx.day },
    ],
  });
  putLine(tx, {
    ...line,
    budgetCents: line.budgetCents - saved,
    carriedInCents: line.carriedInCents - saved,
    committedCents: line.committedCents - amountCents,
    acceptedCents: line.acceptedCents - accepted,
  });
  await freeReleased(tx, proposal, committed, committed - amountCents);
  change(tx, proposal, { committedCents: committed - amountCents });
  if (countsAsGrant(commitment.type, payee)) {
    await addToGrants(tx, commitment, -amountCents);
  }
  return undefined;
};

/** By an act of somebody else than whoever pays, and only once the pact has ended. */
export const allowSettlement: Handler<"funds:allowSettlement"> = async (tx, input) => {
  const commitment = await tx.need("commitment", input.commitment);
  const { pact } = await requireOfficial(tx, commitment);
  if (!hasEnded(pact, tx.day)) requireState(tx, "pact", pact);
  if (commitment.settlement) throw new RuleError("already_exists", { type: "settlement", id: commitment.id });
  requireSince(input.act.date, pact.endedOn ?? pact.endsOn);
  putCommitment(tx, { ...commitment, settlement: { act: input.act, by: tx.actor, on: tx.day } });
  return undefined;
};

function requireFree({ amountCents, plannedCents }: Commitment, cents: number): void {
  const free = amountCents - plannedCents;
  if (cents > free) throw new RuleError("over_free", { limitCents: free });
}

async function takeFromMilestone(
  tx: Tx,
  commitment: Commitment,
  { amountCents }: InputOf<"funds:release">,
  id: string,
): Promise<void> {
  const milestone = await tx.need("milestone", id);
  if (milestone.commitment !== commitment.id) invalid("milestone");
  const free = milestone.acceptedCents - milestone.requestedCents;
  if (amountCents > free) throw new RuleError("over_free", { limitCents: free });
  tx.put("milestone", [id], { ...milestone, acceptedCents: milestone.acceptedCents - amountCents });
}
