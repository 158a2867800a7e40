import { Pool } from "pg";

/**
 * Tells whether anything has been written to the database: its snapshot moves on with every transaction that
 * writes, whoever's it is. The answer is never older than the question; those who ask at the same time share one.
 */
export class ChangeToken {
  readonly #pool: Pool;
  #running: Promise<string> | undefined;
  #next: Promise<string> | undefined;

  constructor(databaseUrl: string) {
    this.#pool = new Pool({ connectionString: databaseUrl, max: 1, connectionTimeoutMillis: 5_000 });
    // An idle connection that breaks is replaced by the next question.
    this.#pool.on("error", () => undefined);
  }

  /** Equal to an earlier one only if nothing was written in between. @throws what `pg` throws */
  now(): Promise<string> {
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

  #ask(): Promise<string> {
    this.#next = undefined;
    const asked = this.#pool
      // Without a name: all connections to PGlite share the names of one session.
      .query<{ token: string }>("select pg_current_snapshot()::text as token")
      .then(({ rows }) => rows[0]?.token ?? "")
      .finally(() => {
        if (this.#running === asked) this.#running = undefined;
      });
    this.#running = asked;
    return asked;
  }
}
