/** Whether each step of a round was one that the workflow has: who takes it, what it writes, and in which state. */
import { roleOrganisations } from "../../protocol/primitives";
import { records } from "../../protocol/records";
import type { TransactionName } from "../../protocol/transactions";
import { transactions } from "../../protocol/transactions";
import { NEW } from "../../protocol/workflow/step";
import { workflow } from "../../protocol/workflow/table";
import type { Context, Taken } from "./context";
import { placeOf } from "./context";

/** What the workflow follows the states of; a later closing is written into a round that stays as it is. */
type Followed = "round" | "sealing";
export type States = Partial<Record<Followed, string>>;

export function isTransactionName(name: string): name is TransactionName {
  return Object.hasOwn(transactions, name);
}

/** @param written types of the round's records that the transaction wrote */
export function checkStep(
  { findings }: Context,
  taken: Taken,
  written: ReadonlySet<string>,
  before: States,
  after: States,
): void {
  const { name, placed, actor } = taken;
  const place = placeOf(placed);
  const { roles } = transactions[name];
  const step = workflow[name];
  const mayTake = actor !== undefined && roles.includes(actor.role);
  findings.expect("writers", mayTake, () => `${place}: ${name} by ${actor?.role ?? "nobody who is known"}`);
  if (actor && !roleOrganisations[actor.role].includes(actor.organisation))
    findings.fault("writers", `${place}: ${actor.role} of ${actor.organisation}`);
  const own = new Set<string>([
    ...step.moves.map(({ record }) => record),
    ...(name === "sealed:prolong" ? ["round"] : []),
  ]);
  for (const type of written)
    if (Object.hasOwn(records, type) && !own.has(type))
      findings.fault("writers", `${place}: ${name} wrote a ${type}`);
  for (const { record, from, to, mayStay, unless } of [...step.moves, ...step.asks]) {
    if ((record !== "round" && record !== "sealing") || unless) continue;
    // What an open round has no record of is not asked of it.
    if (record === "sealing" && before.sealing === undefined && !name.startsWith("sealed:")) continue;
    const state = before[record] ?? NEW;
    if (!from.includes(state)) findings.fault("writers", `${place}: ${name} on a ${record} that is ${state}`);
    if (to.length === 0 || !step.moves.some((move) => move.record === record)) continue;
    const next = after[record] ?? NEW;
    if (!to.includes(next) && !(mayStay && next === state))
      findings.fault("writers", `${place}: ${name} left a ${record} ${next}`);
  }
}
