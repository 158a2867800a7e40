/** Refusals that many rules share. */
import { RuleError } from "../protocol/errors";
import type { RecordOf } from "../protocol/records";
import { legalDay } from "./days";
import type { Tx } from "./tx";

/** @throws {RuleError} `wrong_state` unless the record is in one of `states` */
export function requireState<S extends string>(record: { id: string; state: S }, ...states: S[]): void {
  if (!states.includes(record.state)) {
    throw new RuleError("wrong_state", { id: record.id, state: record.state });
  }
}

/** @throws {RuleError} `not_representative` unless the submitter signs for the subject */
export function requireRepresentative(tx: Tx, subject: Pick<RecordOf<"subject">, "representative">): void {
  if (subject.representative !== tx.actor.person) throw new RuleError("not_representative");
}

/** An act or a fact cannot be of a day that has not come. @throws {RuleError} `day_in_future` */
export function requirePast(tx: Tx, day: string): void {
  if (day > legalDay(tx.circumstances.now)) throw new RuleError("day_in_future", { day });
}

/** @throws {RuleError} `dates_out_of_order` */
export function requireOrder(earlier: string, later: string): void {
  if (earlier > later) throw new RuleError("dates_out_of_order", { earlier, later });
}

/** @throws {RuleError} `invalid_input` naming the field */
export function invalid(path: string): never {
  throw new RuleError("invalid_input", { path });
}

/** @throws {RuleError} `invalid_input` when two of a list are the same */
export function requireUnique(values: readonly (string | number)[], path: string): void {
  if (new Set(values).size !== values.length) invalid(path);
}
