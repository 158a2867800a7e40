/** The queue of mails: pg-boss on the application's own database, PGlite or PostgreSQL. */
import type { ClientBase, Pool } from "pg";
import { PgBoss } from "pg-boss";
import { log } from "@/lib/log";

const QUEUE = "mail";
/** Of jobs that one statement adds. */
const AT_ONCE = 1_000;
/** A process that was killed has not said that it lives for this long: its jobs go to another. */
const HEARTBEAT_SECONDS = 10;
const FOUR_DAYS_OF_RETRIES = 40;

export type MailQueueOptions = {
  pool: Pool;
  /** Looks after jobs whose process was killed; seconds between two looks. */
  superviseSeconds?: number;
};

export class MailQueue {
  readonly #boss: PgBoss;

  constructor(private readonly options: MailQueueOptions) {
    const { pool, superviseSeconds = 15 } = options;
    this.#boss = new PgBoss({
      db: { executeSql: (text, values) => pool.query(text, values as unknown[]) },
      // Each write to the database makes the site forget its kept pages: nothing is noted that nobody reads.
      ...{ schedule: false, registerInstance: false, persistWarnings: false, monitorVacuum: false },
      ...{ superviseIntervalSeconds: superviseSeconds, monitorIntervalSeconds: superviseSeconds },
    });
    this.#boss.on("error", (error) => log.warn({ err: error }, "the mail queue"));
  }

  /** Makes or migrates pg-boss's own tables, in a database schema of their own. */
  async start(): Promise<void> {
    await this.#boss.start();
    await this.#boss.createQueue(QUEUE, {
      ...{ retryLimit: FOUR_DAYS_OF_RETRIES, retryDelay: 30, retryBackoff: true, retryDelayMax: 4 * 3_600 },
      ...{ heartbeatSeconds: HEARTBEAT_SECONDS, expireInSeconds: 900, deleteAfterSeconds: 86_400 },
    });
  }

  /** Queues mails within the caller's transaction. A mail that is queued already stays queued once: the job bears its id. */
  async add(client: ClientBase, mails: readonly string[]): Promise<void> {
    const db = {
      executeSql: (text: string, values?: unknown[]) => client.query(text, values),
    };
    for (let from = 0; from < mails.length; from += AT_ONCE)
      await this.#boss.insert(
        QUEUE,
        mails.slice(from, from + AT_ONCE).map((id) => ({ id })),
        { db },
      );
  }

  /**
   * Sends what is queued. A mail that is not taken now is tried again, ever more seldom, for four days.
   * @param send `true` once the mail is settled
   */
  async work(send: (mail: string) => Promise<boolean>, atOnce = 50): Promise<void> {
    await this.#boss.work(
      QUEUE,
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

  /**
   * Gives mails their job that have none: the site queues tests and those by which an address is confirmed, and a database
   * may have been restored without jobs.
   * @param kinds of these alone
   */
  async addMissing(kinds?: readonly ("confirm" | "test")[]): Promise<void> {
    const { pool } = this.options;
    const { rows } = await pool.query<{ id: string }>(
      `SELECT id FROM public."Mail" m WHERE state = 'queued' AND ($2::text[] IS NULL OR kind = ANY($2))
       AND NOT EXISTS (SELECT 1 FROM pgboss.job j WHERE j.name = $1 AND j.id = m.id)`,
      [QUEUE, kinds ?? null],
    );
    if (rows.length === 0) return;
    const client = await pool.connect();
    try {
      await this.add(
        client,
        rows.map(({ id }) => id),
      );
    } finally {
      client.release();
    }
  }
}
