/** Which transaction takes a record of a type from which state to which, as it was seen to happen. */

import { milestoneStates, paymentStates } from "../../protocol/records/money";
import { endedStates, pactStates } from "../../protocol/records/pacts";
import type { TransactionName } from "../../protocol/transactions";
import type { City } from "./city";
import { torino } from "./people";

const types = ["pact", "milestone", "payment"] as const;
type Type = (typeof types)[number];

/** Every state of a type, and those that nothing has to follow. */
export const machines: { readonly [T in Type]: { states: readonly string[]; ends: readonly string[] } } = {
  pact: { states: pactStates, ends: endedStates },
  milestone: {
    states: milestoneStates,
    ends: ["accepted", "partially_accepted", "rejected", "cancelled"],
  },
  payment: { states: paymentStates, ends: ["paid", "returned", "refused"] },
};

export class StateGraph {
  readonly #edges = new Map<string, { type: Type; from: string; to: string; by: TransactionName }>();

  /** Compares a city before and after a transaction. */
  saw(before: City, after: City, by: TransactionName): void {
    for (const type of types) {
      const earlier = new Map(statesOf(before, type));
      for (const [id, to] of statesOf(after, type)) {
        const from = earlier.get(id) ?? "(new)";
        if (from !== to) this.#edges.set([type, from, by, to].join(" "), { type, from, to, by });
      }
    }
  }

  /** States of a type that were never reached. */
  unseen(type: Type): string[] {
    const seen = new Set(this.#of(type).map(({ to }) => to));
    return machines[type].states.filter((state) => !seen.has(state));
  }

  /** States of a type from which no way leads to an end. */
  withoutWayOut(type: Type): string[] {
    const { states, ends } = machines[type];
    const out = new Set(ends);
    for (let grown = true; grown; ) {
      const before = out.size;
      for (const { from, to } of this.#of(type)) if (out.has(to)) out.add(from);
      grown = out.size > before;
    }
    return states.filter((state) => !out.has(state));
  }

  /** The graph as lines `type: from -transaction-> to`, in the order of the states. */
  print(): string {
    const place = (type: Type, state: string) => machines[type].states.indexOf(state);
    return types
      .flatMap((type) =>
        this.#of(type)
          .sort((a, b) => place(type, a.from) - place(type, b.from) || place(type, a.to) - place(type, b.to))
          .map(({ from, by, to }) => `${type}: ${from} -${by}-> ${to}`),
      )
      .join("\n");
  }

  #of(type: Type) {
    return [...this.#edges.values()].filter((edge) => edge.type === type);
  }
}

function statesOf(city: City, type: Type): [string, string][] {
  return city.state.all<{ id: string; state: string }>(torino, type).map(({ id, state }) => [id, state]);
}
