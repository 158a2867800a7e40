/** Refusals that many rules share. */

import { legalDay } from "../../../protocol/days";
import { RuleError } from "../../../protocol/errors";
import type { RecordOf } from "../../../protocol/records";
import type { Tx } from "./tx";

/** For rules beyond the workflow table. @throws {RuleError} `wrong_state` unless the record is in one of `states` */
export function requireOneOf<S extends string>(record: { id: string; state: S }, states: readonly S[]): void {
  if (!states.includes(record.state)) {
    throw new RuleError("wrong_state", { id: record.id, state: record.state });
  }
}

/** @throws {RuleError} `not_representative` unless the submitter signs for the subject */
export function requireRepresentative(tx: Tx, subject: Pick<RecordOf<"subject">, "representative">): void {
  if (subject.representative !== tx.actor.person) throw new RuleError("not_representative");
}

/**
 * An act or a fact cannot be of a day that has not come, by the chain's day and by the endorser's clock.
 * @throws {RuleError} `day_in_future`
 */
export function requirePast(tx: Tx, day: string): void {
  if (day > legalDay(tx.circumstances.now) || (tx.day !== "" && day > tx.day)) {
    throw new RuleError("day_in_future", { day });
  }
}

/**
 * An act is not older than what it decides about, nor a fact than the step it follows; a day not known is not compared.
 * @throws {RuleError} `before_its_step` naming the day of that step
 */
export function requireSince(day: string, step: string | undefined): void {
  if (step !== undefined && day < step) throw new RuleError("before_its_step", { day: step });
}

/** @throws {RuleError} `too_many` when one more does not fit */
export function requireRoom(list: readonly unknown[], limit: number, more = 1): void {
  if (list.length + more > limit) throw new RuleError("too_many", { limit });
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
