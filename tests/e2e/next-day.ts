import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { db } from "@/lib/db";
import { todayInItaly } from "@/lib/local-time";
import { addDays } from "@/protocol/days";
import { startCoCity } from "../browser/co-city";
import { shareEnvironment } from "../browser/environment";
import { keepOrBring, newDataFolder } from "../browser/setup";
import { freePort } from "../free-port";

const clock = pathToFileURL(join(import.meta.dirname, "../browser/a-day-ahead.mjs")).href;

/** A running Co-City, whose ledger and database this process reaches. */
export type NextDay = { origin: string; stop: () => Promise<void> };

/**
 * A copy of a running Co-City on the day after, of which the ledger of every municipality knows: what counts from the
 * next day counts there. The one that runs goes on as it is.
 */
export async function nextDayOf(data: string): Promise<NextDay> {
  const copy = await newDataFolder();
  const remove = () => rm(copy, { recursive: true, force: true });
  try {
    const file = `${copy}.tar.gz`;
    await keepOrBring("backup", file, data, "--signer-keys");
    await keepOrBring("restore", file, copy);
    await rm(file);
    const site = await startCoCity(copy, await freePort(), undefined, {
      NODE_OPTIONS: `--import=${clock}`,
    });
    const stop = async () => {
      await db.$disconnect();
      await site.stop();
      await remove();
    };
    await shareEnvironment({ origin: site.origin, data: copy });
    await untilTheLedgerKnows(addDays(todayInItaly(), 1)).catch(async (error: unknown) => {
      await stop();
      throw error;
    });
    return { origin: site.origin, stop };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function untilTheLedgerKnows(day: string): Promise<void> {
  for (const end = Date.now() + 180_000; (await db.chainDay.count({ where: { day: { lt: day } } })) > 0; ) {
    if (Date.now() > end) throw new Error(`the ledger's day is not ${day}`);
    await sleep(500);
  }
}
