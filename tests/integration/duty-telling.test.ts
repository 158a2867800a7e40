import { beforeEach, expect, it } from "vitest";
import { tellDuties } from "@/features/notifications/duty-telling";
import { contentOf } from "@/features/notifications/mail-content";
import { mailToSend } from "@/features/notifications/sending-service";
import { freshDuties } from "@/features/office/duty-index-service";
import { freshDatabase } from "./database";
import { mailboxTelling } from "./mailbox";
import { dayOf, foundedTorino, office, official, project, torino } from "./register-rows";

Object.assign(process.env, {
  KEY_ENCRYPTION_KEY: "5a".repeat(32),
  FISCAL_NUMBER_KEY: "5b".repeat(32),
  ORIGIN: "https://cocity.example",
});
const { db, url } = await freshDatabase();
const telling = await mailboxTelling(url);

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE chain.municipality, chain.day, chain.official, chain.office, public."Duty",
    public."DutyIndex", public."Event", public."Notification", public."Mail", public."NotificationPreference" CASCADE`;
  const where = { istatCode: torino };
  const town = { ...where, slug: "torino", name: "Torino", lat: 45, lon: 7.7, active: true };
  await db.municipality.upsert({ where, create: town, update: {} });
  for (const id of ["anna", "bruno", "giulia"])
    await db.person.upsert({ where: { id }, create: { id, displayName: id }, update: {} });
  await project(
    db,
    foundedTorino(),
    dayOf("2026-03-15"),
    official("anna", "Comune"),
    office("anna", "Comune", "responsible_officer"),
    official("bruno", "Comune"),
    office("bruno", "Comune", "responsible_officer"),
  );
  // From here on the rows are those of this block and day: what is written below stays.
  await freshDuties(torino);
});

it("what waits for a person is told at once and by mail, with its day; what waits for an office as often as chosen", async () => {
  await duty("own", { audience: ["person:giulia"], dueOn: "2026-04-01", transaction: "proposals:integrate" });
  await duty("office", { barred: ["bruno"] });
  await tellDuties(telling, torino);
  await tellDuties(telling, torino);
  expect(await told()).toEqual([
    ["anna", "office", "daily"],
    ["giulia", "duty", "now"],
  ]);
  const [mail, ...others] = await db.mail.findMany();
  expect(others).toEqual([]);
  expect(mail).toMatchObject({ person: "giulia", kind: "duty" });
  const content = contentOf((await mailToSend(mail?.id ?? "")) ?? expect.fail());
  expect(content?.subject).toMatch(/^Aspetta te: Orto: .+, entro il 1 aprile 2026$/);
  expect(content?.text).toContain("https://cocity.example/torino/mio");
  expect(content?.headers).not.toHaveProperty("List-Unsubscribe");
});

it("what is done is no longer news, and is told again when it waits anew", async () => {
  await duty("own", { audience: ["person:giulia"] });
  await tellDuties(telling, torino);
  await db.duty.deleteMany();
  await tellDuties(telling, torino);
  expect(await db.notification.count({ where: { readAt: null } })).toBe(0);
  await duty("own", { audience: ["person:giulia"], since: "2026-03-20" });
  await tellDuties(telling, torino);
  expect(await db.notification.count({ where: { readAt: null } })).toBe(1);
});

it("what waits from an hour on is told when it has come", async () => {
  await duty("later", { audience: ["person:giulia"], startsAt: new Date(Date.now() + 3_600_000) });
  await tellDuties(telling, torino);
  expect(await told()).toEqual([]);
  await db.duty.updateMany({ data: { startsAt: new Date(Date.now() - 1_000) } });
  await tellDuties(telling, torino);
  expect(await told()).toHaveLength(1);
});

async function told() {
  const rows = await db.notification.findMany({ orderBy: { person: "asc" } });
  return rows.map(({ person, kind, frequency }) => [person, kind, frequency]);
}

async function duty(
  record: string,
  more: {
    transaction?: string;
    audience?: string[];
    barred?: string[];
    dueOn?: string;
    since?: string;
    startsAt?: Date;
  },
): Promise<void> {
  await db.duty.create({
    data: {
      ...{ municipality: torino, transaction: "proposals:publish", record, kind: "proposal", title: "Orto" },
      ...{ since: "2026-03-01", place: { page: "proposal", id: record }, barred: [] },
      ...{ audience: ["Comune:responsible_officer"] },
      ...more,
    },
  });
}
