import type { Actor } from "../../protocol/primitives";
import type { TransactionName } from "../../protocol/transactions";
import type { City, Input, Teller } from "./city";
import type { RegistrarKey } from "./keys";
import type { MemoryState } from "./memory-state";
import { people } from "./people";

/** One transaction of a story with the state it met. */
export type Step = { state: MemoryState; actor: Actor; name: TransactionName; input: object; key: string };

/** A teller that keeps each transaction of the story with the state it met. */
export class Witness implements Teller {
  readonly seen: Step[] = [];
  constructor(readonly city: City) {}
  holdsKey(actor: Actor, key: RegistrarKey): void {
    this.city.holdsKey(actor, key);
  }
  async submit<T extends TransactionName>(actor: Actor, name: T, input: Input<T>): Promise<unknown> {
    const state = this.city.state.clone();
    this.seen.push({ state, actor, name, input, key: this.city.certificateKey });
    return this.city.submit(actor, name, input);
  }
  advanceTo(day: string): Promise<unknown> {
    return this.submit(people.service, "municipality:advanceDay", { day });
  }
}
