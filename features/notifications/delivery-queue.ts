/** The queues of mails and of messages to devices: pg-boss on the application's own database, PGlite or PostgreSQL. */
import type { ClientBase, Pool } from "pg";
import { PgBoss } from "pg-boss";
import { log } from "@/lib/log";

/** What is sent, each with a table that has a row and a job of the same id for each of them. */
const tables = { mail: `public."Mail"`, push: `public."Push"` } as const;
export type Delivery = keyof typeof tables;
const deliveries = Object.keys(tables) as Delivery[];

/** Of jobs that one statement adds. */
const AT_ONCE = 1_000;
/** A process that was killed has not said that it lives for this long: its jobs go to another. */
const HEARTBEAT_SECONDS = 10;
const FOUR_DAYS_OF_RETRIES = 40;

export type DeliveryQueueOptions = {
  pool: Pool;
  /** Looks after jobs whose process was killed; seconds between two looks. */
  superviseSeconds?: number;
};

export class DeliveryQueue {
  readonly #boss: PgBoss;

  constructor(private readonly options: DeliveryQueueOptions) {
    const { pool, superviseSeconds = 15 } = options;
    this.#boss = new PgBoss({
      db: { executeSql: (text, values) => pool.query(text, values as unknown[]) },
      // Each write to the database makes the site forget its kept pages: nothing is noted that nobody reads.
      ...{ schedule: false, registerInstance: false, persistWarnings: false, monitorVacuum: false },
      ...{ superviseIntervalSeconds: superviseSeconds, monitorIntervalSeconds: superviseSeconds },
    });
    this.#boss.on("error", (error) => log.warn({ err: error }, "the queue of mails and messages"));
  }

  /** Makes or migrates pg-boss's own tables, in a database schema of their own. */
  async start(): Promise<void> {
    await this.#boss.start();
    for (const name of deliveries)
      await this.#boss.createQueue(name, {
        ...{ retryLimit: FOUR_DAYS_OF_RETRIES, retryDelay: 30, retryBackoff: true, retryDelayMax: 4 * 3_600 },
        ...{ heartbeatSeconds: HEARTBEAT_SECONDS, expireInSeconds: 900, deleteAfterSeconds: 86_400 },
      });
  }

  /** Queues within the caller's transaction. What is queued already stays queued once: the job bears its id. */
  async add(client: ClientBase, what: Delivery, ids: readonly string[]): Promise<void> {
    const db = {
      executeSql: (text: string, values?: unknown[]) => client.query(text, values),
    };
    for (let from = 0; from < ids.length; from += AT_ONCE)
      await this.#boss.insert(
        what,
        ids.slice(from, from + AT_ONCE).map((id) => ({ id })),
        { db },
      );
  }

  /**
   * Sends what is queued. What is not taken now is tried again, ever more seldom, for four days.
   * @param send `true` once it is settled
   */
  async work(what: Delivery, send: (id: string) => Promise<boolean>, atOnce = 50): Promise<void> {
    await this.#boss.work(
      what,
      { batchSize: atOnce, pollingIntervalSeconds: 1, burstWhenBatchFull: true, perJobResults: true },
      async (jobs) =>
        Promise.all(
          jobs.map(async ({ id }) => ({
            id,
            status: (await send(id)) ? ("completed" as const) : ("failed" as const),
          })),
        ),
    );
  }

  /** Lets what is in hand end, and takes nothing more. */
  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: 4_000 });
  }

  /** Gives what has none its job, since a database may have been restored without jobs. */
  async addMissing(): Promise<void> {
    for (const what of deliveries) await this.#addMissingOf(what);
  }

  /** Those that the site itself queues: newsletters, tests, and mails by which an address is confirmed. */
  async addAsked(): Promise<void> {
    await this.#addMissingOf("mail", ["confirm", "test", "newsletter", "newsletterTest"]);
  }

  async #addMissingOf(what: Delivery, kinds: readonly string[] | null = null): Promise<void> {
    const { pool } = this.options;
    const { rows } = await pool.query<{ id: string }>(
      `SELECT id FROM ${tables[what]} m WHERE state = 'queued' AND ($2::text[] IS NULL OR kind = ANY($2))
       AND NOT EXISTS (SELECT 1 FROM pgboss.job j WHERE j.name = $1 AND j.id = m.id)`,
      [what, kinds],
    );
    if (rows.length === 0) return;
    const client = await pool.connect();
    try {
      await this.add(
        client,
        what,
        rows.map(({ id }) => id),
      );
    } finally {
      client.release();
    }
  }
}
