/*
 * Looks every minute whether something is due: the chain's day, pacts that end, voters' keys to forget.
 * Prints one line of JSON when it is ready. May be killed at any moment.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { daily } from "@/features/municipalities/daily-service";
import { db } from "@/lib/db";
import { log } from "@/lib/log";

const PAUSE_MS = 60_000;
const stopping = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stopping.abort());

process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
while (!stopping.signal.aborted) {
  await daily().catch((error: unknown) => log.error({ err: error }, "housekeeping"));
  await sleep(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => {});
}
await db.$disconnect();
