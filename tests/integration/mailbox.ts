import { Pool } from "pg";
import { afterAll } from "vitest";

/** What events are told with in a trial, where mails are kept on a page; ended after all tests of the file. */
export async function mailboxTelling(url: string) {
  // Not before the file has set its environment.
  const { DeliveryQueue } = await import("@/features/notifications/delivery-queue");
  const pool = new Pool({ connectionString: url, max: 2 });
  const queue = new DeliveryQueue({ pool });
  await queue.start();
  afterAll(async () => {
    await queue.stop();
    await pool.end();
  });
  return { pool, queue, mode: "mailbox" as const };
}
