/*
 * Looks every minute whether something is due: the chain's day, pacts that end, voters' keys and kept forms to forget;
 * every hour for uploads, treasury files, map files and drafts of the desk that came to no use, sessions that ran out and
 * old opinions of pages, notifications of a year ago, sign-ins by SPID and
 * CIE and questions to ANPR of 24 months ago.
 * Prints one line of JSON when it is ready. May be killed at any moment.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { forgetUploads } from "@/features/documents/service";
import { forgetFeedback } from "@/features/feedback/service";
import { forgetMapDrafts } from "@/features/maps/service";
import { daily } from "@/features/municipalities/daily-service";
import { forgetOldNotifications } from "@/features/notifications/mail-service";
import { forgetUnclaimed } from "@/features/proposals/handover-service";
import { forgetDrafts } from "@/features/treasury/import-service";
import { forgetResidenceLookups } from "@/lib/anpr/lookups";
import { db } from "@/lib/db";
import { forgetFederatedSignIns } from "@/lib/federation/register";
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
    await forgetDrafts().catch(report);
    await forgetUnclaimed().catch(report);
    await forgetMapDrafts().catch(report);
    await forgetSessions().catch(report);
    await forgetFederatedSignIns().catch(report);
    await forgetResidenceLookups().catch(report);
    await forgetCounts().catch(report);
    await forgetFeedback().catch(report);
    await forgetOldNotifications().catch(report);
  }
  await sleep(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => {});
}
await db.$disconnect();
