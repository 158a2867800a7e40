import { randomBytes, randomUUID } from "node:crypto";
import { Pool } from "pg";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { DeliveryQueue } from "@/features/notifications/delivery-queue";
import { tellPeople } from "@/features/notifications/event-service";
import { forgetNotificationsOf, forgetOldNotifications } from "@/features/notifications/mail-service";
import { markAllRead } from "@/features/notifications/service";
import { tellEvents } from "@/features/notifications/telling";
import { personalExport } from "@/features/people/export-queries";
import { addDevice, devicesOf, removeDevice, renewDevice } from "@/features/push/device-service";
import { vapidKey } from "@/features/push/key-service";
import { Pusher } from "@/features/push/pusher";
import { MOST_DEVICES } from "@/features/push/rules";
import { deviceSchema } from "@/features/push/schema";
import { newBrowser } from "@/features/push/test/browser";
import type { Viewer } from "@/lib/permissions";
import { freshDatabase } from "./database";
import { startPushService } from "./push-service";

const service = await startPushService();
Object.assign(process.env, {
  KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
  ORIGIN: "https://cocity.example",
  PUSH_SERVICES: service.origin,
});
const { db, url } = await freshDatabase();
const torino = "001272";
const pool = new Pool({ connectionString: url, max: 2 });
const queue = new DeliveryQueue({ pool });
await queue.start();
const pusher = new Pusher([service.origin]);
const telling = { pool, queue, mode: "off" as const };
afterAll(async () => {
  await queue.stop();
  await pool.end();
  await service.close();
});

beforeEach(async () => {
  service.received.length = 0;
  service.faults.length = 0;
  service.answers.clear();
  await db.$executeRaw`TRUNCATE public."Event", public."Notification", public."NotificationPreference", public."PushDevice",
    public."Commons", public."Person", public."Municipality" CASCADE`;
  await db.municipality.create({
    data: { istatCode: torino, slug: "torino", name: "Torino", lat: 45, lon: 7, active: true },
  });
  for (const id of ["giulia", "carlo"])
    await db.person.create({ data: { id, displayName: id, language: "it" } });
  await db.commons.create({
    data: {
      ...{ municipality: torino, id: "orti", name: "Orti di via Rubino", slug: "orti", kind: "garden" },
      ...{ salt: "0".repeat(64), createdBy: "carlo", publishedAt: new Date() },
    },
  });
});

describe("a device", () => {
  it("gets a message that it alone can read, with the name of the thing and the way there, once", async () => {
    await adds("giulia", "phone");
    await adds("giulia", "desk");
    await happened(["giulia", "carlo"]);
    await sendAll();
    await sendAll();
    expect(service.faults).toEqual([]);
    expect(service.received.map(({ browser }) => browser).sort()).toEqual(["desk", "phone"]);
    const [first] = service.received;
    expect(JSON.parse(first?.text ?? "")).toEqual({
      title: "Co-City, Comune di Torino",
      body: "Aspetta te: Orti di via Rubino",
      path: "/torino/beni/orti",
      tag: expect.any(String),
      lang: "it",
    });
    expect(new Set(service.received.map(({ topic }) => topic)).size).toBe(1);
    expect(first?.headers.urgency).toBe("high");
    expect(await db.push.count({ where: { state: "sent" } })).toBe(2);
    expect((await devicesOf(viewer("giulia"))).every(({ takenAt }) => takenAt !== null)).toBe(true);
  });

  it("is told what its person wants at once, and nothing that they want later or have read", async () => {
    await adds("giulia", "phone");
    await happened(["giulia"], "meetings");
    expect(await db.push.count()).toBe(0);
    await db.notificationPreference.create({
      data: { municipality: torino, person: "giulia", kind: "meetings", frequency: "now" },
    });
    await happened(["giulia"], "meetings");
    await markAllRead(viewer("giulia"), torino, new Date(Date.now() + 1_000));
    await sendAll();
    expect(service.received).toEqual([]);
    expect(await db.push.findMany()).toMatchObject([{ state: "dropped" }]);
    await db.$transaction(async (tx) => {
      for (const id of ["a", "b"]) await tellPeople(tx, event(id, "meetings"), ["giulia"]);
    });
    await tellEvents(telling);
    await sendAll();
    expect(service.received.map(({ text }) => JSON.parse(text))).toMatchObject([
      { body: "2 novità da ciò che segui", path: "/torino/mio/avvisi" },
    ]);
  });

  it("that has another address from now on is told there, and is still one", async () => {
    await adds("giulia", "phone");
    await adds("giulia", "phone-again");
    const [device] = await devicesOf(viewer("giulia"));
    const { endpoint, keys } = service.browser("phone-again");
    const counted: string[] = [];
    const count = async (person: string) => void counted.push(person);
    await renewDevice(device?.id ?? "", { endpoint, ...keys }, count);
    expect(counted).toEqual(["giulia"]);
    expect(await devicesOf(viewer("giulia"))).toMatchObject([{ id: device?.id }]);
    await happened(["giulia"]);
    await sendAll();
    expect(service.received.map(({ browser }) => browser)).toEqual(["phone-again"]);
  });

  it("that is somebody else's already, or that was forgotten, is not taken over", async () => {
    await adds("giulia", "phone");
    await adds("carlo", "desk");
    const [device] = await devicesOf(viewer("giulia"));
    const { endpoint, keys } = service.browser("desk");
    const count = async () => undefined;
    await expect(renewDevice(device?.id ?? "", { endpoint, ...keys }, count)).rejects.toMatchObject({
      code: "push_device_elsewhere",
    });
    await expect(renewDevice(randomUUID(), { endpoint, ...keys }, count)).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await devicesOf(viewer("carlo"))).toHaveLength(1);
  });

  it.each([404, 410])("of which its service says %i is forgotten", async (status) => {
    await adds("giulia", "phone");
    service.answers.set("phone", [{ status }]);
    await happened(["giulia"]);
    await sendAll();
    expect(await devicesOf(viewer("giulia"))).toEqual([]);
    expect(await db.push.count()).toBe(0);
  });

  it("is tried again where its service cannot, not before it wants, and given up after days", async () => {
    await adds("giulia", "phone");
    service.answers.set("phone", [{ status: 503 }, { status: 429, headers: { "retry-after": "3600" } }]);
    await happened(["giulia"]);
    const [{ id } = { id: "" }] = await db.push.findMany();
    expect(await pusher.send(id)).toBe(false);
    expect(await pusher.send(id)).toBe(false);
    const { notBefore } = await db.push.findUniqueOrThrow({ where: { id } });
    expect(Math.round(((notBefore?.getTime() ?? 0) - Date.now()) / 60_000)).toBe(60);
    // It would be taken now, but the service has not been asked.
    expect(await pusher.send(id)).toBe(false);
    expect(service.received).toEqual([]);
    await db.push.update({ where: { id }, data: { notBefore: new Date(Date.now() - 1) } });
    expect(await pusher.send(id)).toBe(true);
    expect(service.received).toHaveLength(1);
    await happened(["giulia"]);
    await db.push.updateMany({
      where: { state: "queued" },
      data: { createdAt: new Date(Date.now() - 4 * 86_400_000) },
    });
    await sendAll();
    expect(await db.push.count({ where: { state: "dropped" } })).toBe(1);
  });

  it("that cannot be asked safely is not asked: a private network, another port, a redirection", async () => {
    const strict = new Pusher([]);
    await adds("giulia", "phone");
    await happened(["giulia"]);
    const [{ id } = { id: "" }] = await db.push.findMany();
    expect(await strict.send(id)).toBe(false);
    expect(service.received).toEqual([]);
    service.answers.set("phone", [{ status: 307, headers: { location: `${service.origin}/desk` } }]);
    service.browser("desk");
    expect(await pusher.send(id)).toBe(true);
    expect(service.received).toEqual([]);
    expect(await db.push.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: "dropped" });
  });

  it("is kept encrypted, is of whoever used the browser last, and is one of few", async () => {
    const browser = await adds("giulia", "phone");
    const [kept] = await db.pushDevice.findMany();
    expect(Buffer.from(kept?.sealed ?? []).toString("latin1")).not.toContain(service.origin);
    const [{ id = "" } = {}] = await devicesOf(viewer("giulia"));
    expect(await addDevice(viewer("giulia"), formOf(browser), names)).toBe(id);
    await expect(removeDevice(viewer("carlo"), id)).rejects.toThrow();
    await addDevice(viewer("carlo"), formOf(browser), names);
    expect([await devicesOf(viewer("giulia")), (await devicesOf(viewer("carlo"))).length]).toEqual([[], 1]);
    await happened(["giulia"]);
    expect(await db.push.count()).toBe(0);
    const more = Array.from({ length: MOST_DEVICES + 2 }, (_, index) =>
      newBrowser(`${service.origin}/more-${index}`),
    );
    const outcomes = await Promise.allSettled(
      more.map((one) => addDevice(viewer("giulia"), formOf(one), names)),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(MOST_DEVICES);
  });

  it("goes with its person, with what was queued for it, and is in the copy of their data", async () => {
    const { endpoint } = await adds("giulia", "phone");
    await adds("carlo", "other");
    await happened(["giulia"]);
    const copy = JSON.stringify(await personalExport("giulia"));
    expect(copy).toContain(endpoint);
    expect(JSON.stringify(await personalExport("carlo"))).not.toContain(endpoint);
    await db.$transaction((tx) => forgetNotificationsOf(tx, "giulia"));
    expect(await db.pushDevice.findMany({ select: { person: true } })).toEqual([{ person: "carlo" }]);
    expect(await db.push.count()).toBe(0);
  });
});

it("makes one key, however many ask for it at once, and keeps it", async () => {
  const keys = await Promise.all(Array.from({ length: 5 }, vapidKey));
  expect(new Set(keys.map(({ publicKey }) => publicKey)).size).toBe(1);
  const [row] = await db.pushKey.findMany();
  expect(Buffer.from(row?.sealed ?? []).toString("latin1")).not.toContain(keys[0]?.privateKey.d);
});

it("takes a browser's address and keys, and nothing that is none", () => {
  const good = formOf(newBrowser("https://push.example/1"));
  expect(deviceSchema.safeParse(good).success).toBe(true);
  for (const bad of [
    { endpoint: "https://push.example:444/1" },
    { endpoint: "http://push.example/1" },
    { p256dh: good.auth },
    { p256dh: Buffer.concat([Buffer.of(4), Buffer.alloc(64, 1)]).toString("base64url") },
    { auth: good.p256dh },
    { auth: "" },
  ])
    expect(deviceSchema.safeParse({ ...good, ...bad }).success, JSON.stringify(bad)).toBe(false);
});

it("queues again what lost its job, and forgets what is long past", async () => {
  await adds("giulia", "phone");
  await happened(["giulia"]);
  await pool.query("DELETE FROM pgboss.job WHERE name = 'push'");
  await queue.addMissing();
  const { rows } = await pool.query("SELECT id FROM pgboss.job WHERE name = 'push'");
  expect(rows).toHaveLength(1);
  await sendAll();
  await db.push.updateMany({ data: { createdAt: new Date(Date.now() - 31 * 86_400_000) } });
  await forgetOldNotifications();
  expect(await db.push.count()).toBe(0);
});

const names = { browser: "Firefox", system: "Android" };

async function adds(person: string, name: string) {
  const browser = service.browser(name);
  await addDevice(viewer(person), formOf(browser), names);
  return browser;
}

function formOf({ endpoint, keys }: { endpoint: string; keys: { p256dh: string; auth: string } }) {
  return { endpoint, ...keys };
}

function event(id: string, kind: "duty" | "meetings") {
  return {
    ...{ id, municipality: torino, kind, name: "meetings:minutes", subjects: [] },
    about: { type: "commons" as const, id: "orti" },
  };
}

async function happened(people: string[], kind: "duty" | "meetings" = "duty"): Promise<void> {
  await db.$transaction((tx) => tellPeople(tx, event(randomUUID(), kind), people));
  await tellEvents(telling);
}

async function sendAll(): Promise<void> {
  for (const { id } of await db.push.findMany({ where: { state: "queued" } })) await pusher.send(id);
}

function viewer(id: string): Viewer {
  return { id, name: id, language: "it", roles: [] };
}
