import type { ErrorCode } from "../../protocol/errors";
import { RuleError } from "../../protocol/errors";
import type { Actor } from "../../protocol/primitives";
import type { TransactionName } from "../../protocol/transactions";
import { City, type Input } from "./city";

/** One transaction tried on a record in each of its states. */
export interface Attempt {
  name: TransactionName;
  try: (city: City) => Promise<unknown>;
}

export function attempt<T extends TransactionName>(
  actor: Actor,
  name: T,
  input: Input<T> | ((city: City) => Input<T>),
): Attempt {
  return {
    name,
    try: (city) =>
      city.simulate(
        actor,
        name,
        typeof input === "function" ? (input as (city: City) => Input<T>)(city) : input,
      ),
  };
}

/**
 * Which of the attempts the state of a record lets through: those that succeed, and those that are refused for
 * something else than the state of that record.
 */
export async function letThrough(
  stage: (city: City) => Promise<void>,
  record: string,
  attempts: Attempt[],
  otherCodes: ErrorCode[] = [],
): Promise<string[]> {
  const city = await City.after(stage);
  const passed: string[] = [];
  for (const { name, try: attempted } of attempts) {
    try {
      await attempted(city);
      passed.push(name);
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      const stopped = error.code === "wrong_state" && error.params.id === record;
      if (!stopped && !otherCodes.includes(error.code)) passed.push(name);
    }
  }
  return passed;
}
