/**
 * Part of the worker: tells people what has happened. Everything it needs is in the database; it may end at any moment, and
 * the next one goes on.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { DeliveryQueue } from "@/features/notifications/delivery-queue";
import { makeDigests } from "@/features/notifications/digests";
import { tellDuties } from "@/features/notifications/duty-telling";
import { mailMode } from "@/features/notifications/mail-mode-rules";
import { Mailer, type MailServer } from "@/features/notifications/mailer";
import { tellReminders } from "@/features/notifications/reminder-service";
import { type Telling, tellEvents } from "@/features/notifications/telling";
import { Pusher } from "@/features/push/pusher";
import { env } from "@/lib/env";
import { log } from "@/lib/log";

const PAUSE_MS = 1_500;
const LONGEST_PAUSE_MS = 60_000;
/** Duties follow from many tables: they are looked at once in a while where the chain has grown. */
const DUTIES_MS = 20_000;
/** Where it has not: some wait for an hour of the clock. */
const SAME_DUTIES_MS = 600_000;
const CLOCK_MS = 60_000;
const PUSHES_AT_ONCE = 20;

/** @throws Error at once where a mail server is named in part only */
export function mailServer(): MailServer | undefined {
  const { SMTP_URL: url, MAIL_FROM: from, MAIL_BOUNCES: bounces } = env;
  if ((url === undefined) !== (from === undefined))
    throw new Error("SMTP_URL and MAIL_FROM go together: one of them is missing");
  return url !== undefined && from !== undefined ? { url, from, bounces } : undefined;
}

/** Goes on until the signal ends it. A database that is away is waited for. */
export async function notify(pool: Pool, signal: AbortSignal): Promise<void> {
  const mode = mailMode();
  const mailer = new Mailer(mode, mailServer());
  let queue: DeliveryQueue | undefined;
  try {
    for (let failures = 0; !signal.aborted && !queue; failures += 1) {
      queue = await started(pool, mailer, mode !== "off").catch(async (error: unknown) => {
        log.warn({ err: error, failures }, "the queue of mails and messages could not be opened");
        await pause(PAUSE_MS * 2 ** Math.min(failures, 5), signal);
        return undefined;
      });
    }
    if (queue) await tell({ pool, queue, mode }, queue, signal);
  } finally {
    await queue?.stop().catch(() => undefined);
    mailer.close();
  }
}

async function started(pool: Pool, mailer: Mailer, sends: boolean): Promise<DeliveryQueue> {
  const queue = new DeliveryQueue({ pool });
  await queue.start();
  await queue.addMissing();
  if (sends) await queue.work("mail", (mail) => mailer.send(mail));
  const pusher = new Pusher(env.PUSH_SERVICES);
  await queue.work("push", (push) => pusher.send(push), PUSHES_AT_ONCE);
  return queue;
}

async function tell(telling: Telling, queue: DeliveryQueue, signal: AbortSignal): Promise<void> {
  const duties = new Duties();
  let clockAt = 0;
  for (let failures = 0; !signal.aborted; ) {
    try {
      if (Date.now() >= clockAt) {
        await tellReminders(new Date());
        await makeDigests(telling);
        clockAt = Date.now() + CLOCK_MS;
      }
      const told = await tellEvents(telling);
      await duties.tell(telling);
      if (telling.mode !== "off") await queue.addAsked();
      failures = 0;
      if (told === 0) await pause(PAUSE_MS, signal);
    } catch (error) {
      failures += 1;
      log.warn({ err: error, failures }, "people cannot be told what has happened");
      await pause(Math.min(LONGEST_PAUSE_MS, PAUSE_MS * 2 ** failures), signal);
    }
  }
}

/** Tells duties where there may be new ones. */
class Duties {
  #at = 0;
  #sameUntil = 0;
  #height = "";

  async tell(telling: Telling): Promise<void> {
    if (Date.now() < this.#at) return;
    this.#at = Date.now() + DUTIES_MS;
    const { rows } = await telling.pool.query<{ municipality: string; height: string }>(
      `SELECT municipality, (SELECT coalesce(max(number), 0) FROM chain.block) AS height FROM chain.municipality`,
    );
    const height = rows[0]?.height ?? "";
    if (height === this.#height && Date.now() < this.#sameUntil) return;
    for (const { municipality } of rows) await tellDuties(telling, municipality);
    this.#height = height;
    this.#sameUntil = Date.now() + SAME_DUTIES_MS;
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
