import { randomBytes, randomUUID } from "node:crypto";
import { Pool } from "pg";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { GET as feed } from "@/app/api/feeds/[municipality]/route";
import { POST as leave } from "@/app/api/mail/unsubscribe/route";
import { audienceOf } from "@/features/newsletters/audience-queries";
import { sentNewsletter, sentNewsletters } from "@/features/newsletters/queries";
import {
  changeNewsletter,
  discardNewsletter,
  sendNewsletter,
  testNewsletter,
  writeNewsletter,
} from "@/features/newsletters/service";
import { DeliveryQueue } from "@/features/notifications/delivery-queue";
import { forgetNotificationsOf } from "@/features/notifications/mail-service";
import { Mailer } from "@/features/notifications/mailer";
import { subscribe } from "@/features/notifications/service";
import { encrypt } from "@/lib/encryption";
import type { Viewer } from "@/lib/permissions";
import { freshDatabase } from "./database";
import { startMailServer } from "./mail-server";

vi.mock("next-intl/server", async () => (await import("@/tests/next-intl-server")).nextIntlServer());

const mails = await startMailServer();
const from = "Co-City <cocity@example.org>";
Object.assign(process.env, {
  MAIL_FROM: from,
  KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
  ORIGIN: "https://cocity.example",
});
const { db, url } = await freshDatabase();
const torino = "001272";
const pool = new Pool({ connectionString: url, max: 2 });
const queue = new DeliveryQueue({ pool });
await queue.start();
const mailer = new Mailer("smtp", { url: mails.url, from });
afterAll(async () => {
  mailer.close();
  await queue.stop();
  await pool.end();
  await mails.close();
});

const words = {
  titleIt: "Le novità di novembre",
  textIt: "Si vota fino a domenica.\n\nTutto è su https://example.org/voto.\n<b>Non</b> è HTML.",
  titleEn: "News of November",
  textEn: "Voting is open until Sunday.",
  districts: [] as number[],
};
const writer = viewer("valeria");

beforeEach(async () => {
  mails.received.length = 0;
  mails.refuse.clear();
  await db.$executeRaw`TRUNCATE public."Newsletter", public."Subscription", public."Mail", public."MailAddress",
    public."Person", public."Municipality" CASCADE`;
  for (const [istatCode, slug] of [
    [torino, "torino"],
    ["001001", "aglie"],
  ] as const)
    await db.municipality.create({
      data: { istatCode, slug, name: slug === "torino" ? "Torino" : "Agliè", lat: 45, lon: 7, active: true },
    });
  // In Italian and in English, without a confirmed address, in one district, without having asked.
  await person("giulia", { asks: true, confirmed: true, districts: [2] });
  await person("emma", { asks: true, confirmed: true, language: "en" });
  await person("carlo", { asks: true, confirmed: false, districts: [2, 3] });
  await person("ada", { asks: false, confirmed: true, districts: [2] });
  await person("valeria", { asks: false, confirmed: true });
});

describe("the preview", () => {
  it("counts who asked, whom it is for, whom mail reaches, by language and by district", async () => {
    expect(await audienceOf(torino, [])).toEqual({
      ...{ asked: 3, chosen: 3, reached: 2, byLanguage: { it: 1, en: 1 } },
      byDistrict: [{ district: 2, people: 1 }],
    });
    expect(await audienceOf(torino, [2, 3])).toEqual({
      ...{ asked: 3, chosen: 2, reached: 1, byLanguage: { it: 1, en: 0 } },
      byDistrict: [{ district: 2, people: 1 }],
    });
    expect(await audienceOf("001001", [])).toMatchObject({ asked: 0, reached: 0 });
  });

  it("counts nobody who is erased or has left", async () => {
    await db.person.update({ where: { id: "giulia" }, data: { erasedAt: new Date() } });
    await db.$transaction((tx) => forgetNotificationsOf(tx, "carlo"));
    expect(await audienceOf(torino, [])).toMatchObject({ asked: 1, reached: 1 });
  });
});

describe("sending", () => {
  it("reaches exactly those of the preview, each in their language, with a link that leaves in one click", async () => {
    const id = await draft();
    expect(await sendNewsletter(writer, torino, { id, revision: 1 })).toEqual({ people: 2 });
    await sendAll();
    expect(mails.received.map(({ to }) => to[0]).sort()).toEqual(["emma@example.org", "giulia@example.org"]);
    const [italian, english] = ["giulia", "emma"].map((name) =>
      mails.received.find(({ to }) => to[0] === `${name}@example.org`),
    );
    expect(italian?.headers.get("subject")).toBe("Le novità di novembre");
    expect(italian?.text).toContain("Si vota fino a domenica.\r\n\r\nTutto è su https://example.org/voto.");
    expect(italian?.html).toContain('<a href="https://example.org/voto" ');
    expect(italian?.html).toContain("&lt;b&gt;Non&lt;/b&gt; è HTML.");
    expect(italian?.text).toContain(`https://cocity.example/torino/notiziario/${id}`);
    expect(english?.headers.get("subject")).toBe("News of November");
    expect(english?.headers.get("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
    const link = /<(.+)>/.exec(english?.headers.get("list-unsubscribe") ?? "")?.[1] ?? "";
    expect((await leave(new Request(link, { method: "POST" }))).status).toBe(200);
    expect(await audienceOf(torino, [])).toMatchObject({ asked: 2, reached: 1 });
    expect(await db.notificationPreference.count()).toBe(0);
  });

  it("sends nothing twice, however often and from however many windows the button is pressed", async () => {
    const id = await draft();
    const pressed = await Promise.all(
      Array.from({ length: 4 }, () => sendNewsletter(writer, torino, { id, revision: 1 })),
    );
    expect(pressed).toEqual(Array.from({ length: 4 }, () => ({ people: 2 })));
    await sendAll();
    await queue.addAsked();
    await sendAll();
    expect(mails.received).toHaveLength(2);
    expect(await db.mail.count()).toBe(2);
  });

  it("is of the draft that was seen, of this Comune, and the last change", async () => {
    const id = await draft();
    await expect(sendNewsletter(writer, "001001", { id, revision: 1 })).rejects.toMatchObject({
      code: "not_found",
    });
    await changeNewsletter(torino, { id, revision: 1, ...words, titleIt: "Un altro titolo" });
    await expect(sendNewsletter(writer, torino, { id, revision: 1 })).rejects.toMatchObject({
      code: "newsletter_changed",
    });
    await expect(changeNewsletter(torino, { id, revision: 1, ...words })).rejects.toMatchObject({
      code: "newsletter_changed",
    });
    expect(await db.mail.count()).toBe(0);
    await sendNewsletter(writer, torino, { id, revision: 2 });
    for (const later of [
      () => changeNewsletter(torino, { id, revision: 2, ...words }),
      () => discardNewsletter(torino, id),
    ])
      await expect(later()).rejects.toMatchObject({ code: "newsletter_sent" });
  });

  it("goes to nobody who leaves between the sending and the mail", async () => {
    const id = await draft({ districts: [2] });
    expect(await sendNewsletter(writer, torino, { id, revision: 1 })).toEqual({ people: 1 });
    await db.subscription.deleteMany({ where: { person: "giulia", kind: "newsletter" } });
    await sendAll();
    expect(mails.received).toEqual([]);
    expect(await db.mail.findMany()).toMatchObject([{ state: "dropped" }]);
  });

  it("gets its jobs from the worker, once", async () => {
    const id = await draft();
    await sendNewsletter(writer, torino, { id, revision: 1 });
    await queue.addAsked();
    await queue.addAsked();
    const { rows } = await pool.query('SELECT id FROM pgboss.job WHERE id IN (SELECT id FROM public."Mail")');
    expect(rows).toHaveLength(2);
  });
});

it("a test goes to whoever writes it alone, says that it is one, and sends nothing else", async () => {
  const id = await draft();
  const command = randomUUID();
  await testNewsletter(writer, torino, { id, command });
  await testNewsletter(writer, torino, { id, command });
  await sendAll();
  expect(mails.received.map(({ to, headers }) => [to[0], headers.get("subject")])).toEqual([
    ["valeria@example.org", "[Prova] Le novità di novembre"],
  ]);
  expect(mails.received[0]?.headers.get("list-unsubscribe")).toBeUndefined();
  expect(await sentNewsletter(torino, id)).toBeUndefined();
  await db.mailAddress.deleteMany({ where: { person: "valeria" } });
  await expect(testNewsletter(writer, torino, { id, command: randomUUID() })).rejects.toMatchObject({
    code: "no_confirmed_address",
  });
});

it("is public once it is sent: in the archive and in the feed of its own Comune", async () => {
  const id = await draft();
  const entries = async (slug: string, query: string) => {
    const request = new Request(`https://cocity.example/api/feeds/${slug}?${query}`);
    return (await feed(request, { params: Promise.resolve({ municipality: slug }) })).text();
  };
  expect((await sentNewsletters(torino, 1)).rows).toEqual([]);
  expect(await entries("torino", "lingua=it")).not.toContain(words.titleIt);
  await sendNewsletter(writer, torino, { id, revision: 1 });
  expect((await sentNewsletters(torino, 1)).rows).toMatchObject([{ id, people: 2, sentBy: "valeria" }]);
  expect(await sentNewsletter("001001", id)).toBeUndefined();
  for (const query of ["lingua=it", "lingua=it&tipo=newsletter"]) {
    expect(await entries("torino", query)).toContain(`<title>${words.titleIt}</title>`);
    expect(await entries("aglie", query)).not.toContain(words.titleIt);
  }
  expect(await entries("torino", "lingua=en&tipo=newsletter")).toContain(`/en/torino/newsletters/${id}`);
  expect(await entries("torino", "lingua=it&tipo=meetings")).not.toContain(words.titleIt);
});

async function draft(other: Partial<typeof words> = {}): Promise<string> {
  const command = randomUUID();
  const form = { command, ...words, ...other };
  await writeNewsletter(writer, torino, form);
  await writeNewsletter(writer, torino, form);
  expect(await db.newsletter.count()).toBe(1);
  return command;
}

async function sendAll(): Promise<void> {
  for (const { id } of await db.mail.findMany({ where: { state: "queued" } })) await mailer.send(id);
}

async function person(
  id: string,
  { asks, confirmed, districts = [], language = "it" }: Wishes,
): Promise<void> {
  await db.person.create({ data: { id, displayName: id, language } });
  await db.mailAddress.create({
    data: {
      ...{ person: id, confirmedAt: confirmed ? new Date() : null },
      sealed: encrypt(`${id}@example.org`, `MailAddress.sealed ${id}`),
    },
  });
  if (asks) await subscribe(viewer(id), torino, { kind: "newsletter", subject: "" });
  for (const district of districts)
    await db.subscription.create({
      data: { municipality: torino, person: id, kind: "district", subject: String(district) },
    });
}

type Wishes = { asks: boolean; confirmed: boolean; districts?: number[]; language?: "it" | "en" };

function viewer(id: string): Viewer {
  return { id, name: id, language: "it", roles: [] };
}
