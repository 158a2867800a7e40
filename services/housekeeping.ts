/*
 * Looks every minute whether something is due: the chain's day, pacts that end, voters' keys and kept forms to forget;
 * every hour for uploads that came to no use and sessions that ran out.
 * Prints one line of JSON when it is ready. May be killed at any moment.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { forgetUploads } from "@/features/documents/service";
import { daily } from "@/features/municipalities/daily-service";
import { db } from "@/lib/db";
import { forgetKeptForms } from "@/lib/kept-form";
import { log } from "@/lib/log";
import { forgetCounts } from "@/lib/rate-limit";
import { forgetSessions } from "@/lib/session";

const PAUSE_MS = 60_000;
const PAUSES_BETWEEN_SWEEPS = 60;
const stopping = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stopping.abort());

process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
for (let pause = 0; !stopping.signal.aborted; pause += 1) {
  const report = (error: unknown) => log.error({ err: error }, "housekeeping");
  await daily().catch(report);
  await forgetKeptForms().catch(report);
  if (pause % PAUSES_BETWEEN_SWEEPS === 0) {
    await forgetUploads().catch(report);
    await forgetSessions().catch(report);
    await forgetCounts().catch(report);
  }
  await sleep(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => {});
}
await db.$disconnect();
