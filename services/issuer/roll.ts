/** The issuer's own copy of a round's roll, taken only when it is the one whose roots and sizes were announced. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeRoll, personOf, type RollPlace, rollRoot } from "@/voting/sealed/roll";
import type { RoundView } from "../sealed/round-view";
import { inTransaction, type Store } from "../sealed/store";

/** The copy is another than what was announced: an issuer takes no part in such a round. */
export class RollRefused extends Error {
  override readonly name = "RollRefused";
}

export interface Place {
  readonly area: number;
  readonly person: Uint8Array;
}

export class Roll {
  constructor(private readonly store: Store) {}

  has(round: string): boolean {
    return this.store.prepare("SELECT 1 FROM roll WHERE round = ?").get(round) !== undefined;
  }

  find(round: string, fiscalHash: Uint8Array): Place | undefined {
    return this.store
      .prepare("SELECT area, person FROM place WHERE round = ? AND fiscal_hash = ?")
      .get(round, fiscalHash) as Place | undefined;
  }

  /** Takes the copy from the folder into which it is handed over; false while there is none. @throws RollRefused */
  async take(round: RoundView, folder: string): Promise<boolean> {
    const text = await readFile(join(folder, `${round.id}.csv`), "utf8").catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
      throw error;
    });
    if (text === undefined) return false;
    this.import(round, text);
    return true;
  }

  /** @throws RollRefused or SealedError */
  import(round: RoundView, text: string): void {
    const rows = decodeRoll(text).map((place) => ({ place, person: personOf(round.id, place) }));
    const numbers = checkAnnounced(round, rows);
    inTransaction(this.store, () => {
      const add = this.store.prepare(
        "INSERT INTO place (round, fiscal_hash, area, person) VALUES (?, ?, ?, ?)",
      );
      for (const { place, person } of rows)
        add.run(round.id, Buffer.from(place.fiscalHash, "hex"), numbers.get(place.area) as number, person);
      const digest = createHash("sha256").update(text).digest("hex");
      this.store.prepare("INSERT INTO roll (round, digest) VALUES (?, ?)").run(round.id, digest);
    });
  }
}

/** @returns numbers of joined areas by the announced ids */
function checkAnnounced(
  round: RoundView,
  rows: readonly { readonly place: RollPlace; readonly person: Uint8Array }[],
): Map<string, number> {
  const people = new Map<string, Uint8Array[]>();
  for (const { place, person } of rows) {
    const found = people.get(place.area);
    if (found) found.push(person);
    else people.set(place.area, [person]);
  }
  const numbers = new Map<string, number>();
  for (const { number, announced } of round.areas)
    for (const { id, size, root } of announced) {
      const own = people.get(id) ?? [];
      if (own.length !== size || rollRoot(own) !== root)
        throw new RollRefused(`round ${round.id}: the roll of area ${id} is not the announced one`);
      numbers.set(id, number);
    }
  const other = [...people.keys()].find((id) => !numbers.has(id));
  if (other) throw new RollRefused(`round ${round.id}: no area ${other} was announced`);
  return numbers;
}
