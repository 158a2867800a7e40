import { Pool } from "pg";

/**
 * Counts up whenever something was written to the database: its snapshot moves on with every transaction that
 * writes, whoever's it is. The answer is never older than the question; those who ask at the same time share one.
 */
export class DatabaseVersion {
  readonly #pool: Pool;
  #running: Promise<number> | undefined;
  #next: Promise<number> | undefined;
  #snapshot = "";
  #version = 0;

  constructor(databaseUrl: string) {
    this.#pool = new Pool({ connectionString: databaseUrl, max: 1, connectionTimeoutMillis: 5_000 });
    // An idle connection that breaks is replaced by the next question.
    this.#pool.on("error", () => undefined);
  }

  /** Equal to an earlier one only if nothing was written in between. @throws what `pg` throws */
  now(): Promise<number> {
    if (!this.#running) return this.#ask();
    // The question under way may have been answered before this one was asked.
    this.#next ??= this.#running.then(
      () => this.#ask(),
      () => this.#ask(),
    );
    return this.#next;
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  #ask(): Promise<number> {
    this.#next = undefined;
    this.#running = this.#query().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #query(): Promise<number> {
    // Without a name: all connections to PGlite share the names of one session.
    const { rows } = await this.#pool.query<{ snapshot: string }>(
      "select pg_current_snapshot()::text as snapshot",
    );
    const snapshot = rows[0]?.snapshot ?? "";
    if (snapshot !== this.#snapshot) this.#version += 1;
    this.#snapshot = snapshot;
    return this.#version;
  }
}
