/** A part's own store: one SQLite file. A commit has reached the disk when it returns. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

export type Store = DatabaseSync;

/** @param steps what makes the tables, one text a version; a text that has been released never changes */
export function openStore(folder: string, steps: readonly string[]): Store {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const store = new DatabaseSync(join(folder, "store.sqlite"));
  // FULL writes a commit through to the disk also in WAL mode, where NORMAL would not.
  store.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
  store.exec("PRAGMA busy_timeout = 5000; PRAGMA cache_size = -512;");
  const { user_version } = store.prepare("PRAGMA user_version").get() as { user_version: number };
  if (user_version > steps.length) throw new Error(`${folder} is of a later version of Co-City`);
  for (let version = user_version; version < steps.length; version++)
    inTransaction(store, () => {
      store.exec(steps[version] as string);
      store.exec(`PRAGMA user_version = ${version + 1}`);
    });
  return store;
}

/** All of it or nothing. */
export function inTransaction<Result>(store: Store, work: () => Result): Result {
  store.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    store.exec("COMMIT");
    return result;
  } catch (error) {
    if (store.isTransaction) store.exec("ROLLBACK");
    throw error;
  }
}
