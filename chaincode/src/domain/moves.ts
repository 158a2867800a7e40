/** The guard of the workflow table: states before a step, and what it did to them. */
import { RuleError } from "../../../protocol/errors";
import type { EventEntry } from "../../../protocol/events";
import type { RecordOf, RecordType } from "../../../protocol/records";
import { upgradeRecord } from "../../../protocol/upgrade";
import { type Traces, takenBefore } from "../../../protocol/workflow/people";
import { type StateOf, stateOf } from "../../../protocol/workflow/states";
import { NEW } from "../../../protocol/workflow/step";
import { moveOf, workflow } from "../../../protocol/workflow/table";
import type { Tx } from "./tx";

/**
 * A record must be in a state from which the table lets this transaction move it, or in which the table asks it to be.
 * @param which one, where the transaction has to do with two of the type
 * @throws {RuleError} `wrong_state`, or the table's own code for it, with the record's id and state
 */
export function requireState<T extends RecordType>(
  tx: Tx,
  type: T,
  { id, state }: { id: string; state: StateOf<T> },
  which?: string,
): void {
  const move = moveOf(tx.name, type, which);
  if (!move) throw new Error(`${tx.name} has no ${type} in the workflow table`);
  if (!move.from.includes(state)) throw new RuleError(move.refusal, { id, state });
}

/**
 * The table says which earlier steps of the given records the submitter must not have taken.
 * @throws {RuleError} `same_person`
 */
export function requireOthers(tx: Tx, traces: Traces): void {
  if (takenBefore(tx.name, tx.actor.person, traces).length > 0) throw new RuleError("same_person");
}

/**
 * What a rule did to the states of records is what the table says of the transaction: a rule that does anything else
 * is a mistake of this program, and nothing is written.
 * @throws {Error} naming the record and its states
 */
export async function requireMovesOfTable(tx: Tx): Promise<void> {
  for (const { entry, before } of await tx.changes()) {
    const from = before === undefined || before === "none" ? before : stateIn(entry.type, before);
    const to = stateOf(entry.type, entry.record as RecordOf<RecordType>);
    if (from === to) continue;
    const isTold = workflow[tx.name].moves.some(
      ({ record, from: states, to: left }) =>
        record === entry.type &&
        (from === undefined || states.includes(from === "none" ? NEW : from)) &&
        (left.includes(to) || (from === undefined && left.length === 0 && states.includes(to))),
    );
    if (!isTold) throw new Error(`${tx.name} moved ${entry.type} from ${from} to ${to}`);
  }
}

function stateIn<T extends EventEntry["type"]>(type: T, text: string): string {
  return stateOf(type, upgradeRecord(type, JSON.parse(text)));
}
