import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { recordEvent } from "@/features/notifications/event-service";
import { addDevice } from "@/features/push/device-service";
import { encrypt } from "@/lib/encryption";
import { long } from "../long";
import { startWorld, torino } from "./ledger/world";
import { startMailServer } from "./mail-server";
import { startPushService } from "./push-service";

const notifications = long ? 10_000 : 400;
const people = long ? 500 : 40;
const kills = long ? 12 : 3;
const longestPauseMs = 4_000;

const mails = await startMailServer();
const pushes = await startPushService();
afterAll(() => Promise.all([mails.close(), pushes.close()]));
Object.assign(process.env, {
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
  ORIGIN: "https://cocity.example",
  SMTP_URL: mails.url,
  MAIL_FROM: "Co-City <cocity@example.org>",
  PUSH_SERVICES: pushes.origin,
});
const world = await startWorld();
const { db } = world;

it(`tells ${notifications} notifications by mail and on devices under ${kills} kills of the worker: none is lost, none is told twice`, {
  timeout: long ? 1_800_000 : 400_000,
}, async () => {
  const names = Array.from({ length: people }, (_, index) => `person-${index}`);
  await db.municipality.create({
    data: { istatCode: torino, slug: "torino", name: "Torino", lat: 45, lon: 7, active: true },
  });
  await db.person.createMany({ data: names.map((id) => ({ id, displayName: id })) });
  await db.mailAddress.createMany({
    data: names.map((person) => ({
      ...{ person, confirmedAt: new Date() },
      sealed: encrypt(`${person}@example.org`, `MailAddress.sealed ${person}`),
    })),
  });
  const follows = names.map((person) => ({ municipality: torino, person }));
  await db.subscription.createMany({
    data: follows.map((own) => ({ ...own, kind: "municipality", subject: "" })),
  });
  await db.notificationPreference.createMany({
    data: follows.map((own) => ({ ...own, kind: "meetings", frequency: "now" })),
  });
  for (const id of names) {
    const { endpoint, keys } = pushes.browser(id);
    const viewer = { id, name: id, language: "it" as const, roles: [] };
    await addDevice(viewer, { endpoint, ...keys }, { browser: null, system: null });
  }
  let worker = await world.startWorker();
  const happening = happen(notifications / people);
  for (let kill = 0; kill < kills; kill += 1) {
    await sleep(Math.random() * longestPauseMs);
    await worker.kill();
    worker = await world.startWorker();
  }
  const events = await happening;
  await expect
    .poll(
      async () =>
        (await db.event.count({ where: { toldAt: null } })) +
        (await db.mail.count({ where: { state: "queued" } })) +
        (await db.push.count({ where: { state: "queued" } })),
      {
        timeout: long ? 1_200_000 : 240_000,
        interval: 1_000,
      },
    )
    .toBe(0);

  expect(await db.notification.count({ where: { mail: { not: null } } })).toBe(notifications);
  // As whoever reads their mail sees it: a message that came twice bears the same id, and is one.
  const messages = new Map(mails.received.map((mail) => [mail.headers.get("message-id"), mail]));
  expect([...messages.keys()].sort()).toEqual(
    (await db.mail.findMany({ select: { id: true } })).map(({ id }) => `<${id}@127.0.0.1>`).sort(),
  );
  const told = new Map<string, number>();
  for (const { to, text } of messages.values())
    for (const [, title] of text.matchAll(/Nuovo incontro: (incontro-\d+),/g)) {
      const key = `${to[0]} ${title}`;
      told.set(key, (told.get(key) ?? 0) + 1);
    }
  expect(told.size).toBe(events.length * people);
  expect([...told.values()].filter((times) => times !== 1)).toEqual([]);

  // On a device one that came twice takes the place of the first: it bears the same tag.
  expect(pushes.faults).toEqual([]);
  const shown = new Set(pushes.received.map(({ browser, text }) => `${browser} ${JSON.parse(text).tag}`));
  const queued = await db.push.findMany({ select: { person: true, batch: true, state: true } });
  expect([...shown].sort()).toEqual(queued.map(({ person, batch }) => `${person} ${batch}`).sort());
  expect(queued.every(({ state }) => state === "sent")).toBe(true);
  expect(await db.notification.count({ where: { push: { not: null } } })).toBe(notifications);
  console.log(
    JSON.stringify({
      ...{ notifications, kills, mails: messages.size },
      sentAgainAfterKill: mails.received.length - messages.size,
      ...{ pushes: shown.size, pushedAgainAfterKill: pushes.received.length - shown.size },
    }),
  );
});

/** Things happen while the worker comes and goes. */
async function happen(count: number): Promise<string[]> {
  const titles = Array.from({ length: count }, (_, index) => `incontro-${index}`);
  for (const title of titles) {
    await recordEvent(db, {
      ...{ id: randomUUID(), municipality: torino, kind: "meetings", name: "houses:event" },
      facts: { title, starts: "2027-01-11T12:00:00.000Z" },
      ...{ subjects: ["house:none"], about: { type: "house", id: "none" } },
    });
    await sleep(Math.random() * 3_000);
  }
  return titles;
}
