/**
 * The turn of the year (*riaccertamento ordinario*, art. 3 c. 4 D.Lgs. 118/2011). What was accepted, or handed in by the
 * last day of the year, stays on its line and is paid there (*residui passivi*), with every payment on its way. The rest
 * of a commitment goes to a line of the running year with the budget for it (*fondo pluriennale vincolato*). What nobody
 * committed can no longer be, nor what nobody will earn any more as the pact has ended (*economia*).
 */
import { RuleError } from "../../../protocol/errors";
import type { RecordOf } from "../../../protocol/records";
import { MOST_ENTRIES } from "../../../protocol/records/money";
import type { InputOf } from "../../../protocol/transactions";
import { emptyLine, lastNumberOf } from "./funds";
import type { Handler } from "./handler";
import { isOfLaterYears, leftOver } from "./left-over";
import { putCommitment, putLine } from "./money";
import { requireState } from "./moves";
import { invalid, requireRoom, requireSince } from "./require";
import { isSettled, requireOfficial, requireWithinTerm } from "./standing";
import type { Tx } from "./tx";

type Line = RecordOf<"budget_line">;
type Milestone = RecordOf<"milestone">;

/** Budget and commitment leave the old line together and come to the new one: over all years nothing is made or lost. */
export const carryOver: Handler<"funds:carryOver"> = async (tx, input) => {
  const commitment = await tx.need("commitment", input.commitment);
  const { pact } = await requireOfficial(tx, commitment);
  const isOver = isSettled(commitment, pact, tx.day);
  if (!isOver) {
    requireState(tx, "pact", pact);
    requireWithinTerm(pact, tx.day);
  }
  const from = await tx.need("budget_line", commitment.line);
  const year = Number(tx.day.slice(0, 4));
  if (from.year >= year) throw new RuleError("year_not_over", { day: firstDayAfter(from) });
  // What the act decides on is what the year left.
  requireSince(input.act.date, firstDayAfter(from));
  requireRoom(commitment.carries, MOST_ENTRIES);
  const to = await lineOf(tx, input, from, year);
  const milestones = await Promise.all(commitment.milestones.map((id) => tx.need("milestone", id)));
  const {
    milestones: moved,
    plannedCents,
    amountCents,
  } = leftOver(commitment, milestones, from.year, isOver);
  if (amountCents === 0) throw new RuleError("nothing_to_carry");
  if (amountCents !== input.amountCents) throw new RuleError("carry_differs", { amountCents });
  const how = { act: input.act, by: tx.actor, on: tx.day };
  const lastNumber = lastNumberOf(commitment);
  const ids = new Set(moved.map(({ id }) => id));
  putLine(tx, {
    ...from,
    budgetCents: from.budgetCents - amountCents,
    committedCents: from.committedCents - amountCents,
    carriedOutCents: from.carriedOutCents + amountCents,
  });
  putLine(tx, {
    ...to,
    budgetCents: to.budgetCents + amountCents,
    committedCents: to.committedCents + amountCents,
    carriedInCents: to.carriedInCents + amountCents,
  });
  await tx.mustBeNew("commitment", input.id);
  putCommitment(tx, {
    ...commitment,
    amountCents: commitment.amountCents - amountCents,
    plannedCents: commitment.plannedCents - plannedCents,
    milestones: commitment.milestones.filter((id) => !ids.has(id)),
    lastNumber,
    carries: [...commitment.carries, { commitment: input.id, line: to.id, amountCents, ...how }],
  });
  putCommitment(tx, {
    ...commitment,
    id: input.id,
    line: to.id,
    ...{ amountCents, plannedCents, acceptedCents: 0, paidCents: 0 },
    ...{ releases: [], carries: [], reports: [], lastNumber },
    milestones: moved.map(({ id }) => id),
    carriedFrom: { commitment: commitment.id, line: from.id, ...how },
  });
  tx.putInternal("owed_reports", [input.id], { reports: [] });
  for (const milestone of moved)
    tx.put("milestone", [milestone.id], { ...milestone, commitment: input.id, line: to.id });
  return undefined;
};

function firstDayAfter({ year }: Line): string {
  return `${year + 1}-01-01`;
}

/**
 * Work that was handed in after the year of its line is accepted on a line of its own year.
 * @throws {RuleError} `not_carried_over`
 */
export function requireCarriedOver(milestone: Milestone, { year }: Line): void {
  if (isOfLaterYears(milestone, year)) throw new RuleError("not_carried_over", { year });
}

/**
 * Money is committed ahead, and spent in the year whose budget it is of.
 * @throws {RuleError} `year_not_begun`
 */
export function requireYearBegun(tx: Tx, { year }: Line): void {
  if (year > Number(tx.day.slice(0, 4))) throw new RuleError("year_not_begun", { year });
}

/**
 * The line of the running year that takes the commitment over: of the same fund and kind of spending, invented where the
 * old one is. The act by which one is opened says of which year it is, as it may be signed before a year turns.
 * @throws {RuleError} `line_not_of_year` or `other_fund`; `already_exists` where a line is opened that is there;
 * `invalid_input` unless a name comes with a year
 */
async function lineOf(tx: Tx, input: InputOf<"funds:carryOver">, from: Line, year: number): Promise<Line> {
  if ((input.name === undefined) !== (input.year === undefined)) invalid("year");
  if (input.name !== undefined) {
    if (input.year !== year) throw new RuleError("line_not_of_year", { year });
    await tx.mustBeNew("budget_line", input.line);
    const { fund, kind, municipality, fictional } = from;
    const own = { id: input.line, name: input.name, year, act: input.act };
    return { ...{ municipality, fund, kind, fictional }, ...own, ...emptyLine, budgetCents: 0 };
  }
  const to = await tx.need("budget_line", input.line);
  if (to.year !== year) throw new RuleError("line_not_of_year", { year });
  const isAlike = to.fund === from.fund && to.kind === from.kind && to.fictional === from.fictional;
  if (!isAlike) throw new RuleError("other_fund", { fund: from.fund });
  return to;
}
