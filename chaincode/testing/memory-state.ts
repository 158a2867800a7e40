import { type RecordType, records } from "../../protocol/records";
import type { Key, State } from "../src/domain/state";

/** The state in memory, with versions: a transaction is simulated on a snapshot of it and committed as Fabric does. */
export class MemoryState {
  readonly #values = new Map<string, { value: string; version: number }>();
  /** What the private collection holds. */
  readonly envelopes = new Map<string, Uint8Array>();
  #version = 0;

  /** Another state that starts from what this one holds. */
  clone(): MemoryState {
    const copy = new MemoryState();
    for (const [key, value] of this.#values) copy.#values.set(key, value);
    for (const [key, value] of this.envelopes) copy.envelopes.set(key, value);
    copy.#version = this.#version;
    return copy;
  }

  /** The state as it stands, to run one transaction on. */
  simulate(): Simulation {
    return new Simulation(new Map(this.#values));
  }

  /** Commits what a simulation wrote, unless something it read has changed since. @returns whether it did */
  commit(simulation: Simulation): boolean {
    for (const [key, version] of simulation.reads) {
      if (this.#values.get(key)?.version !== version) return false;
    }
    for (const [prefix, keys] of simulation.ranges) {
      if (keysBelow(this.#values, prefix).join("\n") !== keys.join("\n")) return false;
    }
    this.#version += 1;
    for (const [key, value] of simulation.privateWrites)
      if (value === undefined) this.envelopes.delete(key);
      else this.envelopes.set(key, value);
    for (const [key, value] of simulation.writes) this.#values.set(key, { value, version: this.#version });
    return true;
  }

  /** Every record of a type, in key order. */
  all<T>(municipality: string, type: string): T[] {
    return keysBelow(this.#values, flat([municipality, type])).map(
      (key) => JSON.parse(this.#values.get(key)?.value ?? "null") as T,
    );
  }

  get<T>(key: Key): T | undefined {
    const text = this.text(key);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  }

  /** What is stored under a key, as it stands there. */
  text(key: Key): string | undefined {
    return this.#values.get(flat(key))?.value;
  }

  /** Takes a key away that an earlier version would not have written. */
  forget(key: Key): void {
    this.#values.delete(flat(key));
  }

  /** Every key with its value. */
  entries(): [Key, string][] {
    return [...this.#values].map(([key, { value }]) => [
      key.split("\0").slice(0, -1) as unknown as Key,
      value,
    ]);
  }

  /** A copy of it that has nothing of some types. */
  without(types: readonly string[]): MemoryState {
    const copy = this.clone();
    for (const key of [...copy.#values.keys()])
      if (types.includes(key.split("\0")[1] ?? "")) copy.#values.delete(key);
    return copy;
  }

  /** All keys and values as one text, in key order. */
  dump(): string {
    return [...this.#values.keys()]
      .sort(byCodeUnits)
      .map((key) => `${key.replaceAll("\0", "/")}=${this.#values.get(key)?.value}`)
      .join("\n");
  }
}

/** One transaction's view: reads of the snapshot with their versions, and writes kept apart. */
export class Simulation implements State {
  readonly reads = new Map<string, number | undefined>();
  readonly ranges = new Map<string, string[]>();
  readonly writes = new Map<string, string>();
  /** Bytes of the private collection; undefined where they are purged. */
  readonly privateWrites = new Map<string, Uint8Array | undefined>();

  constructor(private readonly values: Map<string, { value: string; version: number }>) {}

  async get(key: Key): Promise<string | undefined> {
    const found = this.values.get(flat(key));
    this.reads.set(flat(key), found?.version);
    return found?.value;
  }

  async put(key: Key, value: string): Promise<void> {
    const [, type] = key;
    if (type in records) records[type as RecordType].parse(JSON.parse(value));
    this.writes.set(flat(key), value);
  }

  async putPrivate(key: Key, value: Uint8Array): Promise<void> {
    this.privateWrites.set(flat(key), value);
  }

  async purgePrivate(key: Key): Promise<void> {
    this.privateWrites.set(flat(key), undefined);
  }

  async list(prefix: Key): Promise<string[]> {
    const keys = keysBelow(this.values, flat(prefix));
    this.ranges.set(flat(prefix), keys);
    for (const key of keys) this.reads.set(key, this.values.get(key)?.version);
    return keys.map((key) => this.values.get(key)?.value ?? "");
  }
}

/** As a composite key: no part may be empty or hold the separator. */
function flat(key: Key): string {
  for (const part of key) {
    if (part === "" || part.includes("\0")) throw new Error(`no key part: ${JSON.stringify(part)}`);
  }
  return `${key.join("\0")}\0`;
}

function keysBelow(values: Map<string, unknown>, prefix: string): string[] {
  return [...values.keys()].filter((key) => key.startsWith(prefix)).sort(byCodeUnits);
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
