/*
 * The process between database and ledger: sends the outbox, keeps the projection, and tells people what has happened. One
 * is enough, a second one that starts takes over from the first. May be killed at any moment. Prints one line of JSON when
 * it is ready.
 */
import { writeEvents } from "../features/notifications/ledger-events";
import { metricsText } from "../ledger/client/health";
import { serveMetrics } from "../ledger/client/metrics";
import { OutboxStore } from "../ledger/client/outbox/store";
import { OutboxWorker } from "../ledger/client/outbox/worker";
import { ledger } from "../ledger/client/process";
import { follow, ProjectionAlarm } from "../ledger/client/projection/follow";
import { db } from "../lib/db";
import { env } from "../lib/env";
import { log } from "../lib/log";
import { openPool } from "../lib/pool";
import { mailServer, notify } from "./notifying";

const stopping = new AbortController();

async function main(): Promise<void> {
  mailServer();
  const pool = openPool({
    connectionString: env.DATABASE_URL,
    max: env.DATABASE_KIND === "pglite" ? 3 : 6,
    connectionTimeoutMillis: 10_000,
  });
  // Telling people never waits for the ledger's connections, nor they for it.
  const telling = openPool({ connectionString: env.DATABASE_URL, max: 3, connectionTimeoutMillis: 10_000 });
  const { gateway, identities } = await ledger();
  const store = new OutboxStore(pool);
  const outbox = new OutboxWorker({ store, gateway, identities });
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stopping.abort());
  stopping.signal.addEventListener("abort", () => void outbox.stop());

  const { WORKER_METRICS_PORT: port, METRICS_TOKEN: token } = env;
  const metrics = port && token ? await serveMetrics(port, token, () => metricsText(db)) : undefined;

  await store.takeOver();
  const sending = outbox.run();
  const projecting = follow({
    ...{ gateway, pool, signal: stopping.signal },
    alongside: writeEvents,
  }).catch((error: unknown) => raiseAlarm(store, error));
  const notifying = notify(telling, stopping.signal).catch((error: unknown) =>
    log.error({ err: error }, "nobody is told any more what happens"),
  );
  process.stdout.write(`${JSON.stringify({ ready: true, ledger: gateway.connection.kind })}\n`);
  try {
    await sending;
  } finally {
    stopping.abort();
    await outbox.stop();
    await Promise.all([projecting, notifying]);
    metrics?.close();
    metrics?.closeAllConnections();
    gateway.close();
    await Promise.all([pool.end(), telling.end(), db.$disconnect()]);
  }
}

/** What is recorded goes on being sent; what is shown stands still until somebody has looked. */
async function raiseAlarm(store: OutboxStore, error: unknown): Promise<void> {
  const sentence = error instanceof Error ? error.message : String(error);
  log.fatal({ err: error, alarm: true }, "the projection has stopped");
  await store.setAlarm(error instanceof ProjectionAlarm ? sentence : `unexpected: ${sentence}`);
}

main().catch((error: unknown) => {
  log.fatal({ err: error }, "the worker cannot go on");
  process.exitCode = 1;
});
