import type { ErrorCode, ErrorParams } from "../../../protocol/errors";
import type { Actor } from "../../../protocol/primitives";
import type { TransactionName } from "../../../protocol/transactions";
import type { City, Input } from "../city";

/** A transaction that a rule refuses: where the story stands, who tries what, and the code they get. */
export interface Refusal {
  what: string;
  code: ErrorCode;
  params?: ErrorParams;
  at: (city: City) => Promise<void>;
  /** What happens first, beyond the story. */
  before?: (city: City) => Promise<unknown>;
  /** Tries it; each refusal is of one transaction. */
  attempt: (city: City) => Promise<{ code: ErrorCode; params: ErrorParams }>;
}

/** A case of one transaction by one person. */
export function refuses<T extends TransactionName>(
  code: ErrorCode,
  what: string,
  given: Pick<Refusal, "at" | "before" | "params">,
  actor: Actor,
  name: T,
  input: Input<T> | ((city: City) => Input<T> | Promise<Input<T>>),
): Refusal {
  return {
    what,
    code,
    ...given,
    attempt: async (city) => {
      const make = input as (city: City) => Input<T> | Promise<Input<T>>;
      return city.refused(actor, name, typeof input === "function" ? await make(city) : input);
    },
  };
}

/** The story before anything happened: a municipality founded on 1 January 2026. */
export async function founded(): Promise<void> {}
