import type { Key, State } from "./state";

/** A peer's state as one transaction sees it: nothing there changes meanwhile, so no key is read twice. */
export class CachedState implements State {
  readonly #reads = new Map<string, Promise<string | undefined>>();

  constructor(private readonly state: State) {}

  get(key: Key): Promise<string | undefined> {
    const read = this.alreadyRead(key) ?? this.state.get(key);
    this.#reads.set(key.join("\0"), read);
    return read;
  }

  /** What was read under a key, where anybody asked for it. */
  alreadyRead(key: Key): Promise<string | undefined> | undefined {
    return this.#reads.get(key.join("\0"));
  }

  put(key: Key, value: string): Promise<void> {
    return this.state.put(key, value);
  }

  putPrivate(key: Key, value: Uint8Array): Promise<void> {
    return this.state.putPrivate(key, value);
  }

  purgePrivate(key: Key): Promise<void> {
    return this.state.purgePrivate(key);
  }

  list(prefix: Key): Promise<string[]> {
    return this.state.list(prefix);
  }
}
