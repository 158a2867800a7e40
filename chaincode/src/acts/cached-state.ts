/** A peer's state, each key asked for once: nothing there changes within a transaction. */
import type { Key, State } from "../domain/state";

export class CachedState implements State {
  readonly #reads = new Map<string, Promise<string | undefined>>();

  constructor(private readonly state: State) {}

  get(key: Key): Promise<string | undefined> {
    const name = key.join("\0");
    const asked = this.#reads.get(name) ?? this.state.get(key);
    this.#reads.set(name, asked);
    return asked;
  }

  put(key: Key, value: string): Promise<void> {
    return this.state.put(key, value);
  }

  list(prefix: Key): Promise<string[]> {
    return this.state.list(prefix);
  }
}
