/*
 * worker.ts [--single]: outbox and projection as `services/worker.ts` runs them; with --single every item is a
 * transaction of its own. Prints one line of JSON when it is ready.
 */

import { OutboxStore } from "@/ledger/client/outbox/store";
import { OutboxWorker } from "@/ledger/client/outbox/worker";
import { ledger } from "@/ledger/client/process";
import { follow } from "@/ledger/client/projection/follow";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { openPool } from "@/lib/pool";

const pool = openPool({ connectionString: env.DATABASE_URL, max: 6 });
const { gateway, identities } = await ledger();
const store = new OutboxStore(pool);
const outbox = new OutboxWorker({ store, gateway, identities, batching: !process.argv.includes("--single") });
const stopping = new AbortController();
process.once("SIGTERM", () => {
  stopping.abort();
  void outbox.stop();
});
await store.takeOver();
const sending = outbox.run();
const projecting = follow({ gateway, pool, signal: stopping.signal });
process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
await sending;
await projecting;
gateway.close();
await Promise.all([pool.end(), db.$disconnect()]);
