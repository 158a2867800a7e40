/** What a ledger holds, by type and id, for rules and random moves that are told of a city in memory. */

import type { Key } from "@/chaincode/src/domain/state";
import { City } from "@/chaincode/testing/city";
import { MemoryState } from "@/chaincode/testing/memory-state";

type Entry = { type: string; idParts: readonly string[]; record: unknown };

/** Records as they are taken over, each the last of its id; thousands are looked through without reading their texts. */
class TakenOver extends MemoryState {
  readonly #of = new Map<string, Map<string, unknown>>();

  take({ type, idParts, record }: Entry): void {
    const records = this.#of.get(type) ?? new Map<string, unknown>();
    records.set(idParts.join("/"), record);
    this.#of.set(type, records);
  }

  override all<T>(_: string, type: string): T[] {
    return [...(this.#of.get(type)?.values() ?? [])] as T[];
  }

  override get<T>([, type = "", ...idParts]: Key): T | undefined {
    return this.#of.get(type)?.get(idParts.join("/")) as T | undefined;
  }
}

export class CityOnLedger extends City {
  declare readonly state: TakenOver;

  constructor() {
    super(new TakenOver());
  }

  take(entries: readonly Entry[]): void {
    for (const entry of entries) this.state.take(entry);
  }
}
