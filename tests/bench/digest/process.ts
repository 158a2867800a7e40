/** Makes and sends the digests of invented followers; bundled and started by ../digest.ts with a database and a mail server. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { DeliveryQueue } from "@/features/notifications/delivery-queue";
import { makeDigests } from "@/features/notifications/digests";
import { recordEvent } from "@/features/notifications/event-service";
import { Mailer } from "@/features/notifications/mailer";
import { tellEvents } from "@/features/notifications/telling";
import { db } from "@/lib/db";
import { encrypt } from "@/lib/encryption";
import { env } from "@/lib/env";
import { openPool } from "@/lib/pool";

export type DigestFigures = {
  followers: number;
  /** From events to notifications, from those to queued mails, and until the server has taken all of them. */
  seconds: { told: number; made: number; sent: number };
  peakMemoryMB: number;
};

const EVENTS = 3;
const AT_ONCE = 1_000;
const municipality = "001272";

const followers = Number(process.argv[2]);
const { SMTP_URL: url = "", MAIL_FROM: from = "" } = env;
const pool = openPool({ connectionString: env.DATABASE_URL, max: 3 });
const queue = new DeliveryQueue({ pool });
const mailer = new Mailer("smtp", { url, from });
const telling = { pool, queue, mode: "smtp" } as const;

await queue.start();
await invent();
const started = performance.now();
while ((await tellEvents(telling)) > 0);
const told = performance.now();
const tomorrow = new Date(Date.now() + 86_400_000);
tomorrow.setUTCHours(8);
await makeDigests(telling, tomorrow);
const made = performance.now();
await queue.work("mail", (mail) => mailer.send(mail));
while ((await db.mail.count({ where: { state: "queued" } })) > 0) await sleep(250);
const sent = performance.now();
const seconds = (since: number, until: number) => Number(((until - since) / 1_000).toFixed(1));
const figures: DigestFigures = {
  followers,
  seconds: { told: seconds(started, told), made: seconds(told, made), sent: seconds(made, sent) },
  peakMemoryMB: Math.round(process.resourceUsage().maxRSS / 1024),
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
process.exit(0);

async function invent(): Promise<void> {
  await db.municipality.create({
    data: { istatCode: municipality, slug: "torino", name: "Torino", lat: 45, lon: 7, active: true },
  });
  const names = Array.from({ length: followers }, (_, index) => `follower-${index}`);
  for (let at = 0; at < names.length; at += AT_ONCE) {
    const some = names.slice(at, at + AT_ONCE);
    await db.person.createMany({ data: some.map((id) => ({ id, displayName: id })) });
    await db.mailAddress.createMany({
      data: some.map((person) => ({
        ...{ person, confirmedAt: new Date() },
        sealed: encrypt(`${person}@example.org`, `MailAddress.sealed ${person}`),
      })),
    });
    await db.subscription.createMany({
      data: some.map((person) => ({ municipality, person, kind: "municipality", subject: "" })),
    });
  }
  for (let index = 0; index < EVENTS; index += 1)
    await recordEvent(db, {
      ...{ id: randomUUID(), municipality, kind: "proposals", name: "proposals:publish" },
      ...{ subjects: ["commons:none"], about: { type: "commons", id: "none" } },
    });
}
