import { randomBytes, randomUUID } from "node:crypto";
import { Pool } from "pg";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { GET, POST } from "@/app/api/mail/unsubscribe/route";
import { DeliveryQueue } from "@/features/notifications/delivery-queue";
import { makeDigests } from "@/features/notifications/digests";
import { recordEvent, tellPeople } from "@/features/notifications/event-service";
import {
  confirmAddress,
  forgetNotificationsOf,
  ownAddress,
  setAddress,
} from "@/features/notifications/mail-service";
import { sealLink } from "@/features/notifications/mail-token";
import { Mailer } from "@/features/notifications/mailer";
import { notificationsOf, unreadCount } from "@/features/notifications/queries";
import { markAllRead, subscribe } from "@/features/notifications/service";
import { tellEvents } from "@/features/notifications/telling";
import { getPathname, type Href } from "@/lib/language/navigation";
import { pathOf } from "@/lib/language/path";
import { pathnames } from "@/lib/language/pathnames";
import type { Page } from "@/lib/language/routing";
import type { Viewer } from "@/lib/permissions";
import { freshDatabase } from "./database";
import { startMailServer } from "./mail-server";

const mails = await startMailServer();
Object.assign(process.env, {
  MAIL_FROM: "Co-City <cocity@example.org>",
  KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
  ORIGIN: "https://cocity.example",
});
const { db, url } = await freshDatabase();
const torino = "001272";
const pool = new Pool({ connectionString: url, max: 2 });
const queue = new DeliveryQueue({ pool });
await queue.start();
const mailer = new Mailer("smtp", { url: mails.url, from: "Co-City <cocity@example.org>" });
const telling = { pool, queue, mode: "smtp" as const };
afterAll(async () => {
  mailer.close();
  await queue.stop();
  await pool.end();
  await mails.close();
});

/** A Monday and the Tuesday after it, at eight in Italy. */
const monday = new Date("2027-01-11T07:00:00Z");
const tuesday = new Date("2027-01-12T07:00:00Z");

beforeEach(async () => {
  mails.received.length = 0;
  mails.refuse.clear();
  await db.$executeRaw`TRUNCATE public."Event", public."Notification", public."Subscription", public."Mail",
    public."NotificationPreference", public."MailAddress", public."DigestDay", public."Commons", public."Person",
    public."Municipality" CASCADE`;
  await db.municipality.create({
    data: { istatCode: torino, slug: "torino", name: "Torino", lat: 45, lon: 7, active: true },
  });
  for (const id of ["giulia", "carlo", "ada"]) await db.person.create({ data: { id, displayName: id } });
  await commons("orti", "Orti di via Rubino", 2);
});

it("addresses in mails are those of the site, in both languages", () => {
  const params = { municipality: "torino", commons: "città d’arte", round: "1", mail: "2" };
  for (const page of Object.keys(pathnames) as Page[]) {
    const needed = [...page.matchAll(/\[(\w+)\]/g)].map(([, name = ""]) => name);
    const given = Object.fromEntries(
      needed.map((name) => [name, params[name as keyof typeof params] ?? "x"]),
    );
    for (const locale of ["it", "en"] as const)
      expect(pathOf(locale, page, given), page).toBe(
        getPathname({ locale, href: { pathname: page, params: given } as Href }),
      );
  }
});

describe("telling", () => {
  it("reaches whoever follows the subject, its district or everything, once, and not who did it", async () => {
    await subscribe(viewer("giulia"), torino, { kind: "commons", subject: "orti" });
    await subscribe(viewer("giulia"), torino, { kind: "municipality", subject: "" });
    await subscribe(viewer("carlo"), torino, { kind: "district", subject: "2" });
    await subscribe(viewer("ada"), torino, { kind: "commons", subject: "orti" });
    await happened({ actor: "ada" });
    expect(await tellEvents(telling)).toBe(1);
    expect(await tellEvents(telling)).toBe(0);
    const told = await db.notification.findMany({ orderBy: { person: "asc" } });
    expect(told.map(({ person }) => person)).toEqual(["carlo", "giulia"]);
    const { items } = await notificationsOf(torino, viewer("giulia"), {
      pagina: 1,
      tipo: undefined,
      nuovi: undefined,
    });
    expect(items).toMatchObject([
      { name: "proposals:publish", place: { name: "Orti di via Rubino", slug: "orti" } },
    ]);
    expect(await unreadCount(torino, viewer("giulia"))).toBe(1);
    await markAllRead(viewer("giulia"), torino, new Date(Date.now() + 1_000));
    expect(await unreadCount(torino, viewer("giulia"))).toBe(0);
    expect(await unreadCount(torino, viewer("carlo"))).toBe(1);
  });

  it("passes over those whom another event told, and keeps their names no longer than it needs them", async () => {
    for (const person of ["giulia", "carlo"]) await follow(person);
    const id = await happened({ exempt: ["giulia", "ada"] });
    const exempt = async () => (await db.event.findUniqueOrThrow({ where: { id } })).exempt;
    expect(await exempt()).toEqual(["giulia", "ada"]);
    await tellEvents(telling);
    expect((await db.notification.findMany()).map(({ person }) => person)).toEqual(["carlo"]);
    expect(await exempt()).toEqual([]);
  });

  it("forgets of an event not told yet a person who is erased, and nobody else", async () => {
    const [first, second] = [
      await happened({ exempt: ["giulia", "ada"] }),
      await happened({ exempt: ["ada"] }),
    ];
    await db.$transaction((tx) => forgetNotificationsOf(tx, "giulia"));
    const rows = await db.event.findMany({ where: { id: { in: [first, second] } } });
    expect(rows.map(({ exempt, toldAt }) => ({ exempt, toldAt }))).toEqual([
      { exempt: ["ada"], toldAt: null },
      { exempt: ["ada"], toldAt: null },
    ]);
  });

  it("tells the same event recorded again once, and nothing of another municipality", async () => {
    await follow("giulia");
    await db.subscription.create({
      data: { municipality: "001002", person: "carlo", kind: "commons", subject: "orti" },
    });
    const id = await happened();
    await happened({ id });
    await tellEvents(telling);
    expect(await db.notification.count()).toBe(1);
  });
});

describe("mail", () => {
  it("confirms an address before anything else goes there, in both parts, with a link that works", async () => {
    await follow("giulia", "now");
    await setAddress(viewer("giulia"), torino, "giulia@example.org");
    await happened();
    await tellEvents(telling);
    await sendAll();
    const [confirmation, ...others] = mails.received;
    expect(others).toEqual([]);
    expect(confirmation).toMatchObject({ to: ["giulia@example.org"], from: "cocity@example.org" });
    expect(confirmation?.headers.get("subject")).toBe("Conferma il tuo indirizzo");
    expect(confirmation?.headers.has("list-unsubscribe")).toBe(false);
    const link = linkIn(confirmation?.text, "/conferma-indirizzo");
    expect(confirmation?.html).toContain(`/conferma-indirizzo?link=${link}`);
    expect(await confirmAddress(`${link.slice(0, -2)}AA`)).toBe(false);
    expect(await confirmAddress(link)).toBe(true);
    expect(await ownAddress(viewer("giulia"))).toMatchObject({ isConfirmed: true });
    await setAddress(viewer("giulia"), torino, "other@example.org");
    expect(await confirmAddress(link)).toBe(false);
  });

  it.each([
    ["it", "Orti di via Rubino: La proposta è pubblica: si può aderire e commentare", "/torino/beni/orti"],
    ["en", "Orti di via Rubino: The proposal is public", "/en/torino/commons/orti"],
  ])(
    "at once, in %s: subject, both parts, the headers of RFC 8058 and links",
    async (language, subject, path) => {
      await db.person.update({ where: { id: "giulia" }, data: { language } });
      await follow("giulia", "now");
      await address("giulia");
      await happened();
      await tellEvents(telling);
      await sendAll();
      const [mail, ...others] = mails.received;
      expect(others).toEqual([]);
      expect(mail?.headers.get("subject")).toContain(subject);
      for (const part of [mail?.text, mail?.html]) expect(part).toContain(`https://cocity.example${path}`);
      expect(mail?.headers.get("auto-submitted")).toBe("auto-generated");
      expect(mail?.headers.get("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
      const { id } = await db.mail.findFirstOrThrow();
      expect(mail?.headers.get("message-id")).toBe(`<${id}@127.0.0.1>`);
      expect(await mailer.send(id)).toBe(true);
      expect(mails.received).toHaveLength(1);
    },
  );

  it("stops by one post without signing in; opening the address only shows a page; guessed links do nothing", async () => {
    await follow("giulia", "now");
    await address("giulia");
    await happened();
    await tellEvents(telling);
    await sendAll();
    const header = mails.received[0]?.headers.get("list-unsubscribe") ?? "";
    const target =
      /^<(https:\/\/cocity\.example\/api\/mail\/unsubscribe\?link=[\w-]+)>$/.exec(header)?.[1] ?? "";
    const shown = await GET(new Request(target));
    expect(shown.status).toBe(303);
    expect(shown.headers.get("location")).toMatch(/^\/disiscrizione\?link=/);
    expect((await frequency("giulia"))?.frequency).toBe("now");
    for (const guess of ["", "AAAA", `${target.split("link=")[1]?.slice(0, -1)}_`, "x".repeat(5_000)])
      expect((await post(`https://cocity.example/api/mail/unsubscribe?link=${guess}`)).status).toBe(404);
    const own = { municipality: torino, person: "giulia", locale: "it" as const };
    const other = sealLink({ do: "confirm", ...own, address: "giulia@example.org" });
    expect((await post(`https://cocity.example/api/mail/unsubscribe?link=${other}`)).status).toBe(404);
    expect((await frequency("giulia"))?.frequency).toBe("now");
    expect((await post(target)).status).toBe(200);
    expect((await post(target)).status).toBe(200);
    expect((await frequency("giulia"))?.frequency).toBe("never");
    await happened();
    await tellEvents(telling);
    await sendAll();
    expect(mails.received).toHaveLength(1);
  });

  it("puts nothing of a name into a header or into HTML", async () => {
    const name = 'Orti\r\nBcc: victim@example.org\r\n\r\n<script>alert("1")</script>\u2028<img src=x>';
    await commons("ostile", name, 3);
    await subscribe(viewer("giulia"), torino, { kind: "commons", subject: "ostile" });
    await prefer("giulia", "now");
    await db.person.update({
      where: { id: "giulia" },
      data: { displayName: '<b onclick="x">Giulia\r\nX: y' },
    });
    await address("giulia");
    await happened({ commons: "ostile" });
    await tellEvents(telling);
    await sendAll();
    const [mail] = mails.received;
    expect(mail?.to).toEqual(["giulia@example.org"]);
    expect(mail?.headers.has("bcc")).toBe(false);
    expect(mail?.headers.has("x")).toBe(false);
    expect(mail?.headers.get("subject")).toMatch(/^Orti Bcc: victim@example\.org <script>/);
    expect(mail?.html).not.toMatch(/<script|<img|<b /);
    expect(mail?.html).toContain("&lt;script&gt;");
  });

  it("is tried again when the server is busy; what it refuses for good marks the address", async () => {
    await follow("giulia", "now");
    await address("giulia");
    await happened();
    await tellEvents(telling);
    const { id } = await db.mail.findFirstOrThrow();
    mails.refuse.set("giulia@example.org", 450);
    expect(await mailer.send(id)).toBe(false);
    expect((await db.mail.findUnique({ where: { id } }))?.state).toBe("queued");
    mails.refuse.set("giulia@example.org", 550);
    expect(await mailer.send(id)).toBe(true);
    expect((await db.mail.findUnique({ where: { id } }))?.state).toBe("refused");
    expect(await ownAddress(viewer("giulia"))).toMatchObject({ isRefused: true });
    await happened();
    await tellEvents(telling);
    expect(await db.mail.count()).toBe(1);
  });
});

describe("digests", () => {
  it("come once a day, repeat nothing that went at once or was read, and never empty", async () => {
    await follow("giulia", "daily");
    await follow("carlo", "now");
    for (const person of ["giulia", "carlo"]) await address(person);
    await happened();
    await happened();
    await tellEvents(telling);
    await age();
    expect(await makeDigests(telling, new Date("2027-01-12T05:30:00Z"))).toBe(0);
    expect(await makeDigests(telling, tuesday)).toBe(1);
    expect(await makeDigests(telling, tuesday)).toBe(0);
    await sendAll();
    const subjects = mails.received.map(({ to, headers }) => [to[0], headers.get("subject")]).sort();
    expect(subjects).toEqual([
      ["carlo@example.org", "2 novità da ciò che segui"],
      ["giulia@example.org", "Oggi: 2 novità a Torino"],
    ]);
    await happened();
    await tellEvents(telling);
    await age();
    await markAllRead(viewer("giulia"), torino, new Date("2027-02-01T00:00:00Z"));
    expect(await makeDigests(telling, new Date("2027-01-13T07:00:00Z"))).toBe(0);
  });

  it("tell what there was at seven in the morning, also where they are made later", async () => {
    await follow("giulia", "daily");
    await address("giulia");
    await happened();
    await tellEvents(telling);
    await age("2027-01-12T06:10:00Z");
    expect(await makeDigests(telling, new Date("2027-01-12T06:11:00Z"))).toBe(0);
    await happened({ id: "early" });
    await tellEvents(telling);
    await db.notification.updateMany({
      where: { event: "early" },
      data: { createdAt: new Date("2027-01-12T05:50:00Z") },
    });
    expect(await makeDigests(telling, new Date("2027-01-12T14:00:00Z"))).toBe(1);
    expect(await db.notification.count({ where: { mail: null } })).toBe(1);
    expect(await makeDigests(telling, new Date("2027-01-13T06:00:00Z"))).toBe(1);
  });

  it("do not remind of what has begun or closed", async () => {
    await address("giulia");
    const reminders = [
      ["meetings:tomorrow", { starts: "2027-01-12T06:30:00.000Z" }],
      ["deadlines:vote", { closes: "2027-01-12T06:59:00.000Z" }],
      ["deadlines:draft", { closes: "2027-01-11" }],
    ] as const;
    for (const [name, facts] of reminders) await remind(name, facts);
    await age();
    expect(await makeDigests(telling, tuesday)).toBe(0);
    await remind("deadlines:draft", { closes: "2027-01-12" });
    await remind("deadlines:check", { closes: "2027-01-10T18:00:00.000Z" });
    await age();
    await db.digestDay.deleteMany();
    expect(await makeDigests(telling, tuesday)).toBe(1);
    expect(await db.notification.count({ where: { mail: { not: null } } })).toBe(2);
  });

  it("of the week come on Mondays", async () => {
    await follow("giulia", "weekly");
    await address("giulia");
    await happened();
    await tellEvents(telling);
    await age("2027-01-10T12:00:00Z");
    expect(await makeDigests(telling, monday)).toBe(1);
    await sendAll();
    expect(mails.received[0]?.headers.get("subject")).toBe("Questa settimana: una novità a Torino");
    await happened();
    await tellEvents(telling);
    await age();
    expect(await makeDigests(telling, tuesday)).toBe(0);
  });
});

async function commons(id: string, name: string, district: number): Promise<void> {
  await db.commons.create({
    data: {
      ...{ municipality: torino, id, slug: id, name, kind: "garden", district },
      ...{ salt: "0".repeat(64), publishedAt: new Date(), createdBy: "ada" },
    },
  });
}

async function happened({
  id = randomUUID(),
  actor,
  commons: place = "orti",
  exempt = [],
}: {
  id?: string;
  actor?: string;
  commons?: string;
  exempt?: readonly string[];
} = {}): Promise<string> {
  await recordEvent(db, {
    ...{ id, municipality: torino, kind: "proposals", name: "proposals:publish" },
    ...{ subjects: [`commons:${place}`], about: { type: "commons", id: place }, exempt },
    ...(actor !== undefined && { actor }),
  });
  return id;
}

async function remind(name: string, facts: Record<string, string>): Promise<void> {
  const about = { type: "round", id: "r" } as const;
  const event = { id: randomUUID(), municipality: torino, name, facts, about, subjects: [] };
  await tellPeople(db, { ...event, kind: name.startsWith("m") ? "meetings" : "deadlines" }, ["giulia"]);
}

async function follow(person: string, wanted?: string): Promise<void> {
  await subscribe(viewer(person), torino, { kind: "commons", subject: "orti" });
  if (wanted) await prefer(person, wanted);
}

async function prefer(person: string, wanted: string): Promise<void> {
  await db.notificationPreference.create({
    data: { municipality: torino, person, kind: "proposals", frequency: wanted },
  });
}

function frequency(person: string) {
  return db.notificationPreference.findFirst({ where: { person, kind: "proposals" } });
}

/** An address as its person has confirmed it. */
async function address(person: string): Promise<void> {
  await setAddress(viewer(person), torino, `${person}@example.org`);
  await db.mail.deleteMany({ where: { person, kind: "confirm" } });
  await db.mailAddress.update({ where: { person }, data: { confirmedAt: new Date() } });
}

/** Notifications of the eve of the days that the tests are about. */
async function age(at = "2027-01-11T12:00:00Z"): Promise<void> {
  await db.notification.updateMany({ where: { mail: null }, data: { createdAt: new Date(at) } });
}

async function sendAll(): Promise<void> {
  const queued = await db.mail.findMany({ where: { state: "queued" }, orderBy: { createdAt: "asc" } });
  for (const { id } of queued) await mailer.send(id);
}

function post(target: string): Promise<Response> {
  return POST(
    new Request(target, { method: "POST", body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }) }),
  );
}

function linkIn(text: string | undefined, path: string): string {
  return new RegExp(`https://cocity\\.example${path}\\?link=([\\w-]+)`).exec(text ?? "")?.[1] ?? "";
}

function viewer(id: string): Viewer {
  return { id, name: id, language: "it", roles: [] };
}
