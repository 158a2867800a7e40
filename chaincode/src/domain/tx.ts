import { canonicalJson } from "../../../protocol/canonical-json";
import { RuleError } from "../../../protocol/errors";
import type { EventEntry } from "../../../protocol/events";
import type { Actor } from "../../../protocol/primitives";
import type { RecordOf, RecordType } from "../../../protocol/records";
import type { TransactionName } from "../../../protocol/transactions";
import { RECORD_VERSION, upgradeRecord } from "../../../protocol/upgrade";
import type { CachedState } from "./cached-state";
import type { Checks } from "./checks";
import type { InternalRecords } from "./internal";
import type { Key } from "./state";
import type { Voices } from "./voices";

/** What a rule is given about the transaction it decides. */
export interface Circumstances {
  actor: Actor;
  /** The chain's day of this municipality. */
  day: string;
  /** The endorser's clock, milliseconds since 1970: only ever a reason to refuse. */
  now: number;
  txId: string;
  /** Public key of the submitting certificate, SPKI DER in base64. */
  certificateKey: () => string;
  checks: Checks;
  /** The channel's name. */
  channel: string;
  /** Recovery keys this endorser is configured with, as `recoveryKeyEntry` writes them. */
  recoveryKeys: ReadonlySet<string>;
  /** Which organisations count as one. */
  voices: Voices;
  /** A field of what travels beside the transaction and never gets on the ledger. */
  transient?: (name: string) => Uint8Array | undefined;
  /** The origin on which the actor signed, where it is an act. */
  signedOn?: string;
  /** The paper on which the actor signed, where it is one, and before whom so far. */
  paper?: { id: string; witnesses: Actor[] };
}

/**
 * One transaction's view of the state: reads its own writes, keeps them until `flush`, and remembers each record
 * it changed for the event.
 */
export class Tx {
  readonly #entries = new Map<string, EventEntry>();
  readonly #writes = new Map<string, { key: Key; value: string }>();
  readonly #private: { key: Key; value: Uint8Array | undefined }[] = [];
  #included: Tx | undefined;

  constructor(
    readonly name: TransactionName,
    private readonly state: CachedState,
    readonly circumstances: Circumstances,
  ) {}

  get actor(): Actor {
    return this.circumstances.actor;
  }
  get municipality(): string {
    return this.circumstances.actor.municipality;
  }
  get day(): string {
    return this.circumstances.day;
  }
  /** The records it changed, as it leaves them, in the order they were first written. */
  get entries(): EventEntry[] {
    return [...this.#entries.values()];
  }

  /** The step that it carries out as well, of somebody who signed it on paper. */
  get included(): Tx | undefined {
    return this.#included;
  }

  /** What a party does by a paper, on the same state: it counts where it is included. */
  onPaper(name: TransactionName, person: string, paper: NonNullable<Circumstances["paper"]>): Tx {
    const actor: Actor = { ...this.actor, organisation: "Comune", role: "resident", person };
    const { signedOn: _, ...circumstances } = this.circumstances;
    return new Tx(name, this.state, { ...circumstances, actor, paper });
  }

  /** Carries out a step together with this one. */
  include(step: Tx): void {
    this.#included = step;
  }

  /** A record of this municipality; `undefined` when there is none. */
  get<T extends RecordType>(type: T, ...idParts: string[]): Promise<RecordOf<T> | undefined> {
    return this.#read([this.municipality, type, ...idParts], (text) => upgradeRecord(type, JSON.parse(text)));
  }

  /** A record that must be there. @throws {RuleError} `not_found` */
  async need<T extends RecordType>(type: T, ...idParts: string[]): Promise<RecordOf<T>> {
    const record = await this.get(type, ...idParts);
    if (!record) throw new RuleError("not_found", { type, id: idParts.join("/") });
    return record;
  }

  /** Writes a record that must not be there yet. @throws {RuleError} `already_exists` */
  async create<T extends RecordType>(type: T, idParts: string[], record: RecordOf<T>): Promise<void> {
    await this.mustBeNew(type, ...idParts);
    this.put(type, idParts, record);
  }

  /** @throws {RuleError} `already_exists` where there is such a record */
  async mustBeNew(type: RecordType, ...idParts: string[]): Promise<void> {
    if (await this.get(type, ...idParts)) {
      throw new RuleError("already_exists", { type, id: idParts.join("/") });
    }
  }

  /** Writes a record and puts it in the event; the last write of a key is the one the event shows. */
  put<T extends RecordType>(type: T, idParts: string[], record: RecordOf<T>): void {
    const written = { ...record, schema: RECORD_VERSION };
    this.#write([this.municipality, type, ...idParts], written);
    this.#entries.set([type, ...idParts].join("\0"), { type, idParts, record: written } as EventEntry);
  }

  /** All records of a type below a key prefix as they were before this transaction, in key order. */
  async list<T extends RecordType>(type: T, ...prefix: string[]): Promise<RecordOf<T>[]> {
    const texts = await this.state.list([this.municipality, type, ...prefix]);
    return texts.map((text) => upgradeRecord(type, JSON.parse(text)));
  }

  /** Each record it changed with its text before: none of what is new, undefined of what nobody read. */
  async changes(): Promise<{ entry: EventEntry; before: string | "none" | undefined }[]> {
    return Promise.all(
      this.entries.map(async (entry) => {
        const read = this.state.alreadyRead([this.municipality, entry.type, ...entry.idParts]);
        return { entry, before: read && ((await read) ?? "none") };
      }),
    );
  }

  getInternal<T extends keyof InternalRecords>(
    type: T,
    ...idParts: string[]
  ): Promise<InternalRecords[T] | undefined> {
    return this.#read<InternalRecords[T]>([this.municipality, type, ...idParts], JSON.parse);
  }

  /** The values of a type below a key prefix as they were before this transaction, in key order. */
  async listInternal<T extends keyof InternalRecords>(
    type: T,
    ...prefix: string[]
  ): Promise<InternalRecords[T][]> {
    const texts = await this.state.list([this.municipality, type, ...prefix]);
    return texts.map((text) => JSON.parse(text) as InternalRecords[T]);
  }

  putInternal<T extends keyof InternalRecords>(type: T, idParts: string[], value: InternalRecords[T]): void {
    this.#write([this.municipality, type, ...idParts], value);
  }

  /** Writes bytes that only the organisations get; each key once. */
  putPrivate(parts: readonly [string, ...string[]], value: Uint8Array): void {
    this.#private.push({ key: [this.municipality, ...parts], value });
  }

  /** Takes private bytes away for good. */
  purgePrivate(parts: readonly [string, ...string[]]): void {
    this.#private.push({ key: [this.municipality, ...parts], value: undefined });
  }

  /** Hands the writes to the state, in the order of the first write of each key. */
  async flush(): Promise<void> {
    await Promise.all([
      ...[...this.#writes.values()].map(({ key, value }) => this.state.put(key, value)),
      ...this.#private.map(({ key, value }) =>
        value === undefined ? this.state.purgePrivate(key) : this.state.putPrivate(key, value),
      ),
    ]);
  }

  async #read<R>(key: Key, parse: (text: string) => R): Promise<R | undefined> {
    const text = this.#writes.get(key.join("\0"))?.value ?? (await this.state.get(key));
    return text === undefined ? undefined : parse(text);
  }

  #write(key: Key, value: unknown): void {
    this.#writes.set(key.join("\0"), { key, value: canonicalJson(value) });
  }
}
