import { type Item, itemNames, items } from "./items";

/** Faults of an item that are kept in words; the others are counted. */
const KEPT = 20;

export interface ItemResult {
  readonly item: Item;
  /** `not_yet` where the evidence does not reach so far. */
  readonly status: "holds" | "fails" | "not_yet";
  readonly what: string;
  /** How many things were checked. */
  readonly checked: number;
  readonly faults: readonly string[];
  /** Faults that are not among those in words. */
  readonly moreFaults: number;
  /** What a reader should know and what breaks no promise. */
  readonly notes: readonly string[];
}

/** What was found, item by item. A fault ends nothing: everything that can still be checked is. */
export class Findings {
  readonly #items = new Map<Item, { checked: number; faults: string[]; more: number; notes: string[] }>();

  /** Says that so many things of an item were looked at. */
  checked(item: Item, count = 1): void {
    this.#of(item).checked += count;
  }

  fault(item: Item, text: string): void {
    const found = this.#of(item);
    if (found.faults.length < KEPT) found.faults.push(text);
    else found.more += 1;
  }

  /** Checks one thing. @returns whether it holds */
  expect(item: Item, holds: boolean, text: string | (() => string)): boolean {
    this.checked(item);
    if (!holds) this.fault(item, typeof text === "string" ? text : text());
    return holds;
  }

  note(item: Item, text: string): void {
    const { notes } = this.#of(item);
    if (notes.length < KEPT) notes.push(text);
  }

  results(): ItemResult[] {
    return itemNames.map((item) => {
      const { checked = 0, faults = [], more = 0, notes = [] } = this.#items.get(item) ?? {};
      const status = faults.length > 0 ? "fails" : checked > 0 ? "holds" : "not_yet";
      return { item, status, what: items[item], checked, faults, moreFaults: more, notes };
    });
  }

  #of(item: Item) {
    const found = this.#items.get(item) ?? { checked: 0, faults: [], more: 0, notes: [] };
    this.#items.set(item, found);
    return found;
  }
}
