import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Viewer } from "@/lib/permissions";
import { trialPeople } from "@/prisma/seed/trial-people";
import type { Organisation, Role } from "@/protocol/primitives";
import { mailboxTelling } from "../mailbox";
import { takeOffice } from "../register-rows";
import { formOf, request, serverActions } from "./request";
import { aglie, proposalOnLedger, settle, torino } from "./town";

const folder = mkdtempSync(join(tmpdir(), "cocity-meetings-"));
vi.stubEnv("COCITY_DATA", folder);
vi.stubEnv("CLAMAV_SOCKET", undefined);
afterAll(() => rm(folder, { recursive: true, force: true }));

const { db, url } = await serverActions();
const actions = await import("@/features/meetings/actions");
const queries = await import("@/features/meetings/queries");
const service = await import("@/features/meetings/service");
const { calendarOfMeetings } = await import("@/features/calendar/queries");
const { newsOf } = await import("@/features/notifications/feed-queries");
const { tellReminders } = await import("@/features/notifications/reminder-service");
const { tellEvents } = await import("@/features/notifications/telling");
const { erasePerson } = await import("@/features/people/erasure-service");
const { personalExport } = await import("@/features/people/export-queries");
const { introducePerson } = await import("@/features/people/service");

const telling = await mailboxTelling(url);

const town = { istatCode: torino, slug: "torino" };
const people: Record<string, string> = {};
const offices: [string, Organisation, Role][] = [
  ["officer", "Comune", "responsible_officer"],
  ["coordinator", "Case", "coordinator"],
  ["treasurer", "Comune", "treasurer"],
];
const as = (name: string) => {
  request.person = people[name];
};
const viewer = (name: string): Viewer => ({ id: people[name] ?? "", name, language: "it", roles: [] });

beforeAll(async () => {
  await settle(db);
  // Of the trial's people one is too young to take part.
  const grown = trialPeople.filter(({ birthDate }) => birthDate < "2009");
  const names = ["group", "first", "second", "third", "follower", ...offices.map(([name]) => name)];
  for (const [index, name] of names.entries())
    people[name] = await introducePerson(grown[index] ?? expect.fail("there are too few trial people"));
  for (const [name, organisation, role] of offices)
    await takeOffice(db, { person: people[name] ?? "", municipality: torino, organisation, role });
  const representative = people.group ?? "";
  await proposalOnLedger(db, { id: "together", state: "co_design", representative });
  await proposalOnLedger(db, { id: "published", state: "published", representative });
  await proposalOnLedger(db, { id: "submitted", state: "submitted", representative });
  await proposalOnLedger(db, { id: "elsewhere", state: "co_design", municipality: aglie });
});

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE public."Meeting", public."MeetingRegistration", public."MeetingChange", public."Event",
    public."Notification", public."Mail", public."Subscription", public."RateCount", public."StoredFile" CASCADE`;
  request.path = "/torino";
  await db.subscription.create({
    data: { municipality: torino, person: people.follower ?? "", kind: "proposal", subject: "together" },
  });
});

/** A year that has not come when this is read: meetings are called for what is to come. */
const year = new Date().getFullYear() + 1;
const words = {
  ...{
    title: "Che cosa si fa nel giardino",
    place: "Via Rubino 45",
    language: "it",
    agenda: "Orari e chiavi.",
  },
  ...{ startsAt: `${year}-06-15T18:00`, endsAt: `${year}-06-15T20:00` },
};
const convene = (fields: Record<string, string> = {}) =>
  actions.conveneMeeting(
    undefined,
    formOf({ aboutType: "proposal", aboutId: "together", command: randomUUID(), ...words, ...fields }),
  );
async function convened(fields: Record<string, string> = {}): Promise<string> {
  as("group");
  expect(await convene(fields)).toMatchObject({ goTo: expect.stringMatching(/^\/torino\/incontri\//) });
  return (await db.meeting.findFirstOrThrow({ orderBy: { createdAt: "desc" } })).id;
}
const come = (name: string, meeting: string) => {
  as(name);
  return actions.registerForMeeting(undefined, formOf({ meeting }));
};
const leave = (name: string, meeting: string) => {
  as(name);
  return actions.leaveMeeting(undefined, formOf({ meeting }));
};
const change = (meeting: string, revision: number, fields: Record<string, string> = {}) =>
  actions.changeMeeting(
    undefined,
    formOf({ meeting, revision: String(revision), reason: "La sala è chiusa.", ...words, ...fields }),
  );
const cancel = (meeting: string, revision = 1) =>
  actions.cancelMeeting(undefined, formOf({ meeting, revision: String(revision), reason: "Piove." }));
const minutes = (meeting: string, revision = 1, fields: Record<string, string> = {}) =>
  actions.writeMinutes(
    undefined,
    formOf({
      meeting,
      revision: String(revision),
      minutes: "Si apre alle nove.",
      attendance: "14",
      ...fields,
    }),
  );
const page = async (id: string, name?: string) =>
  (await queries.meetingById(town, id, name === undefined ? undefined : viewer(name))) ?? expect.fail();
/** As if the meeting were over. */
const passed = (id: string) =>
  db.meeting.update({
    where: { id },
    data: { startsAt: new Date("2026-01-10T17:00:00Z"), endsAt: new Date("2026-01-10T19:00:00Z") },
  });
/** A document with a text of its own, as small as one can be. */
function pdf(text: string): string {
  return `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n%${text}\ntrailer<</Root 1 0 R>>\n%%EOF\n`;
}
async function told() {
  while ((await tellEvents(telling)) > 0);
  const rows = await db.notification.findMany({ include: { of: true } });
  const nameOf = (id: string) => Object.entries(people).find(([, person]) => person === id)?.[0];
  return rows.map(({ person, of, kind }) => [nameOf(person), of.name, kind]).sort();
}

describe("a meeting", () => {
  it("is called by the group, the coordinator or the officer, about what is in co-design here", async () => {
    request.person = undefined;
    expect(await convene()).toMatchObject({ code: "not_signed_in" });
    for (const name of ["first", "treasurer"]) {
      as(name);
      expect(await convene()).toMatchObject({ code: "meeting_of_others" });
    }
    as("group");
    expect(await convene({ aboutId: "published" })).toMatchObject({ code: "meeting_not_now" });
    for (const aboutId of ["submitted", "elsewhere", "none"])
      expect(await convene({ aboutId })).toMatchObject({ code: "meeting_subject_not_found" });
    expect(await db.meeting.count()).toBe(0);
    for (const name of ["group", "coordinator", "officer"]) {
      as(name);
      expect(await convene()).toHaveProperty("goTo");
    }
    const rows = await db.meeting.findMany({ orderBy: { createdAt: "asc" } });
    expect(rows.map(({ role }) => role)).toEqual([null, "coordinator", "responsible_officer"]);
  });

  it("posted twice is called once, and told once to whoever follows", async () => {
    const command = randomUUID();
    await convened({ command });
    await convene({ command });
    expect(await db.meeting.count()).toBe(1);
    expect(await told()).toEqual([["follower", "meetings:convened", "meetings"]]);
    expect(await newsOf(town, "it", { kind: "meetings" })).toHaveLength(1);
  });

  it("is one of fifty to come, those not counted that were called off", async () => {
    as("group");
    const coming = {
      ...{ municipality: torino, aboutType: "proposal", aboutId: "together", title: "Incontro" },
      ...{ language: "it", agenda: "Orari.", convenedBy: people.group ?? "" },
      ...{ startsAt: new Date(`${year}-05-01T16:00:00Z`), endsAt: new Date(`${year}-05-01T18:00:00Z`) },
    };
    const fifty = Array.from({ length: 50 }, () => ({ ...coming, id: randomUUID() }));
    await db.meeting.createMany({ data: fifty });
    expect(await convene()).toMatchObject({ code: "meeting_too_many" });
    await db.meeting.updateMany({ where: { id: fifty[0]?.id ?? "" }, data: { cancelledAt: new Date() } });
    expect(await convene()).toHaveProperty("goTo");
    expect(await convene()).toMatchObject({ code: "meeting_too_many" });
  });

  it.each([
    [{ startsAt: "2027-03-28T02:30", endsAt: "2027-03-28T04:00" }, "startsAt"],
    [{ startsAt: "2027-02-29T18:00" }, "startsAt"],
    [{ startsAt: "2026-01-10T18:00", endsAt: "2026-01-10T20:00" }, "startsAt"],
    [{ endsAt: `${year}-06-15T17:00` }, "endsAt"],
    [{ endsAt: `${year}-08-15T17:00` }, "endsAt"],
    [{ startsAt: `${year + 2}-06-15T18:00`, endsAt: `${year + 2}-06-15T20:00` }, "startsAt"],
    [{ place: "" }, "place"],
    [{ link: "http://meet.example.org/a" }, "link"],
    [{ link: "https:meet.example.org/a" }, "link"],
    [{ link: "javascript:alert(1)" }, "link"],
    [{ link: "https://user:secret@meet.example.org/" }, "link"],
    [{ places: "0" }, "places"],
    [{ places: "1e3" }, "places"],
    [{ agenda: "" }, "agenda"],
    [{ agenda: "a".repeat(4001) }, "agenda"],
    [{ title: "a".repeat(121) }, "title"],
  ])("is refused at its field for %j", async (fields, field) => {
    as("group");
    expect(await convene(fields)).toMatchObject({
      submission: { error: { [field]: [expect.any(String)] } },
    });
    expect(await db.meeting.count()).toBe(0);
  });

  it("may be online alone, and is in the calendar file with its hours and its changes", async () => {
    const id = await convened({ place: "", link: "HTTPS://Meet.example.org/giardino" });
    expect(await page(id)).toMatchObject({ place: "", link: "https://meet.example.org/giardino" });
    as("group");
    await change(id, 1);
    const [date] = (await calendarOfMeetings(town, "it", id)) ?? [];
    expect(date).toMatchObject({
      ...{ title: words.title, place: words.place, revision: 2, isCancelled: false },
      ...{ when: new Date(`${year}-06-15T16:00:00Z`), end: new Date(`${year}-06-15T18:00:00Z`) },
    });
    expect(await calendarOfMeetings({ istatCode: aglie, slug: "aglie" }, "it", id)).toBeUndefined();
    expect(await calendarOfMeetings(town, "it", "none")).toBeUndefined();
  });

  it("is read in its own municipality alone, and listed by its district and by whether it is over", async () => {
    const id = await convened();
    expect(await queries.meetingById({ istatCode: aglie, slug: "aglie" }, id, undefined)).toBeNull();
    await db.meeting.update({ where: { id }, data: { district: 6 } });
    const listed = async (zona?: number) => queries.meetingsIn(torino, { zona, pagina: 1 });
    expect((await listed(6)).coming).toHaveLength(1);
    expect((await listed(5)).coming).toEqual([]);
    await passed(id);
    expect(await listed()).toMatchObject({ coming: [], past: [{ id }], districts: [6] });
    expect((await queries.meetingsIn(aglie, { pagina: 1, zona: undefined })).past).toEqual([]);
  });
});

describe("places", () => {
  it("go to those who come first; who leaves makes room for the one who waits longest, who is told at once", async () => {
    const id = await convened({ places: "1" });
    for (const name of ["first", "second", "third"]) await come(name, id);
    await come("first", id);
    expect(await page(id, "third")).toMatchObject({
      ...{ registered: 1, waiting: 2, own: { isWaiting: true, position: 2 } },
    });
    await db.event.deleteMany();
    await leave("first", id);
    expect(await page(id, "second")).toMatchObject({ registered: 1, own: { isWaiting: false } });
    expect(await told()).toEqual([["second", "meetings:place", "duty"]]);
    expect(await db.mail.count({ where: { person: people.second ?? "" } })).toBe(1);
    expect(await leave("first", id)).toMatchObject({ code: "meeting_not_registered" });
  });

  it("are never more than there are, whoever comes at the same moment", async () => {
    const id = await convened({ places: "2" });
    const { registerForMeeting } = await import("@/features/meetings/service");
    await Promise.all(
      ["first", "second", "third", "follower"].map((name) => registerForMeeting(viewer(name), torino, id)),
    );
    expect(await page(id)).toMatchObject({ registered: 2, waiting: 2 });
  });

  it("can become more, and not fewer than are taken", async () => {
    const id = await convened({ places: "1" });
    for (const name of ["first", "second", "third"]) await come(name, id);
    as("group");
    await change(id, 1, { places: "2" });
    expect(await page(id)).toMatchObject({ registered: 2, waiting: 1 });
    expect(await change(id, 2, { places: "1" })).toMatchObject({ code: "meeting_places_taken" });
    await change(id, 2, { places: "" });
    expect(await page(id)).toMatchObject({ registered: 3, waiting: 0, places: null });
  });

  it("are for whoever has signed in, until it begins, of a meeting that takes place here", async () => {
    const id = await convened();
    request.person = undefined;
    expect(await actions.registerForMeeting(undefined, formOf({ meeting: id }))).toMatchObject({
      code: "not_signed_in",
    });
    request.path = "/aglie";
    expect(await come("first", id)).toMatchObject({ code: "meeting_not_found" });
    request.path = "/torino";
    await passed(id);
    expect(await come("first", id)).toMatchObject({ code: "meeting_begun" });
  });

  it("name those who come to whoever manages the meeting and to nobody else", async () => {
    const id = await convened();
    await come("first", id);
    const names = async (name: string, level = 2) =>
      (await queries.registeredAt(town, id, viewer(name), level)).length;
    expect(await names("group")).toBe(1);
    expect(await names("group", 1)).toBe(0);
    for (const name of ["first", "second"]) expect(await names(name)).toBe(0);
    expect(JSON.stringify(await page(id))).not.toContain(people.first);
  });

  it("name those who come until a month after the meeting", async () => {
    const id = await convened();
    await come("first", id);
    const ended = async (daysAgo: number) => {
      const endsAt = new Date(Date.now() - daysAgo * 86_400_000);
      const startsAt = new Date(endsAt.getTime() - 3_600_000);
      await db.meeting.update({ where: { id }, data: { startsAt, endsAt } });
      return queries.registeredAt(town, id, viewer("group"), 2);
    };
    expect(await ended(29)).toHaveLength(1);
    expect(await ended(31)).toEqual([]);
    expect(await page(id)).toMatchObject({ registered: 1 });
  });
});

describe("changes", () => {
  it("are told at once to those registered, as chosen to the others, and not to who made them", async () => {
    const id = await convened();
    for (const name of ["first", "follower"]) await come(name, id);
    await db.event.deleteMany();
    as("first");
    expect(await change(id, 1)).toMatchObject({ code: "meeting_of_others" });
    as("group");
    await change(id, 1, { place: "Cortile" });
    expect(await change(id, 1, { place: "Altrove" })).toMatchObject({ code: "meeting_changed" });
    expect(await told()).toEqual([
      ["first", "meetings:changedYours", "duty"],
      ["follower", "meetings:changedYours", "duty"],
    ]);
    expect(await page(id)).toMatchObject({ place: "Cortile", reason: "La sala è chiusa." });
  });

  it("call a meeting off with a reason: it stays, says so, and takes nobody any more", async () => {
    const id = await convened();
    await come("first", id);
    await db.event.deleteMany();
    as("coordinator");
    await cancel(id);
    expect(await told()).toEqual([
      ["first", "meetings:cancelledYours", "duty"],
      ["follower", "meetings:cancelled", "meetings"],
    ]);
    // Once told, it keeps no list of those whom another event told.
    expect(await db.event.count({ where: { NOT: { exempt: { isEmpty: true } } } })).toBe(0);
    expect(await page(id)).toMatchObject({ cancelledAt: expect.any(Date), reason: "Piove." });
    expect(await come("second", id)).toMatchObject({ code: "meeting_cancelled" });
    as("group");
    expect(await cancel(id, 2)).toMatchObject({ code: "meeting_cancelled" });
    expect((await calendarOfMeetings(town, "it", id))?.[0]).toMatchObject({ isCancelled: true });
  });
});

describe("minutes", () => {
  it("are written once it has begun, with a number and public files, and told once", async () => {
    const id = await convened();
    await come("first", id);
    as("group");
    expect(await minutes(id)).toMatchObject({ code: "meeting_not_begun" });
    await passed(id);
    await db.event.deleteMany();
    as("first");
    expect(await minutes(id)).toMatchObject({ code: "meeting_of_others" });
    as("group");
    expect(await minutes(id, 1, { attendance: "-1" })).toMatchObject({
      submission: { error: { attendance: [expect.any(String)] } },
    });
    await minutes(id);
    await minutes(id, 2, { minutes: "Si apre alle dieci." });
    expect(await page(id)).toMatchObject({ minutes: "Si apre alle dieci.", attendance: 14 });
    expect(await told()).toEqual([
      ["first", "meetings:minutes", "meetings"],
      ["follower", "meetings:minutes", "meetings"],
    ]);
  });
});

describe("files of the minutes", () => {
  const withFiles = (meeting: string, revision: number, names: readonly string[]) => {
    const fields = { meeting, revision: String(revision), minutes: "Si apre alle nove.", attendance: "14" };
    const form = formOf(fields);
    for (const name of names) form.append("files", new File([pdf(name)], name, { type: "application/pdf" }));
    return actions.writeMinutes(undefined, form);
  };
  const numbered = (count: number) => Array.from({ length: count }, (_, index) => `foglio-${index}.pdf`);
  /** Whether any byte was received: the folder is made for the first one. */
  const received = async () => (await readdir(folder)).length > 0;
  beforeEach(() => rm(join(folder, "files"), { recursive: true, force: true }));

  it("are not even received of whoever may not write them, or where it is not the time for it", async () => {
    const id = await convened();
    as("group");
    expect(await withFiles(id, 1, ["a.pdf"])).toMatchObject({ code: "meeting_not_begun" });
    await passed(id);
    as("first");
    expect(await withFiles(id, 1, ["a.pdf"])).toMatchObject({ code: "meeting_of_others" });
    request.path = "/aglie";
    expect(await withFiles(id, 1, ["a.pdf"])).toMatchObject({ code: "meeting_not_found" });
    request.path = "/torino";
    await db.meeting.update({ where: { id }, data: { cancelledAt: new Date() } });
    as("group");
    expect(await withFiles(id, 1, ["a.pdf"])).toMatchObject({ code: "meeting_cancelled" });
    expect(await received()).toBe(false);
    expect(await db.attachment.count()).toBe(0);
  });

  it("are ten at the most for one meeting, those that are there counted, before one is received", async () => {
    const id = await convened();
    await passed(id);
    as("group");
    expect(await withFiles(id, 1, numbered(11))).toMatchObject({
      submission: { error: { files: [expect.stringContaining("10")] } },
    });
    expect(await received()).toBe(false);
    expect(await withFiles(id, 1, numbered(2))).toHaveProperty("goTo");
    expect((await page(id)).files.map(({ name }) => name)).toEqual(numbered(2));
    await rm(join(folder, "files"), { recursive: true });
    expect(await withFiles(id, 2, numbered(9))).toMatchObject({
      submission: { error: { files: [expect.any(String)] } },
    });
    expect(await received()).toBe(false);
    expect(await withFiles(id, 2, [])).toHaveProperty("goTo");
    expect((await page(id)).files).toHaveLength(2);
  });

  it("are counted again when the minutes are written", async () => {
    const id = await convened();
    await passed(id);
    const evidence = numbered(11).map((name) => ({ id: randomUUID(), hash: "a".repeat(64), name, size: 1 }));
    const writing = service.writeMinutes(
      viewer("group"),
      torino,
      id,
      1,
      { minutes: "Si apre.", attendance: 1 },
      evidence,
    );
    await expect(writing).rejects.toMatchObject({ fields: { files: "meeting_files" } });
    expect(await page(id)).toMatchObject({ revision: 1, minutes: "" });
  });
});

it("whoever has a place is reminded the day before, once, and whoever waits is not", async () => {
  const id = await convened({ places: "1" });
  for (const name of ["first", "second"]) await come(name, id);
  await db.event.deleteMany();
  await tellReminders(new Date(`${year}-06-14T15:00:00Z`));
  expect(await told()).toEqual([]);
  for (const hour of ["17", "18"]) await tellReminders(new Date(`${year}-06-14T${hour}:00:00Z`));
  expect(await told()).toEqual([["first", "meetings:tomorrow", "meetings"]]);
});

it("a reminder that waits for the digest goes with the meeting, its hour and whoever no longer comes", async () => {
  const [off, moved, left] = [await convened(), await convened(), await convened()];
  for (const id of [off, moved, left]) for (const name of ["first", "second"]) await come(name, id);
  await db.event.deleteMany();
  await tellReminders(new Date(`${year}-06-14T17:00:00Z`));
  expect(await told()).toHaveLength(6);
  await leave("first", left);
  as("group");
  await cancel(off);
  await change(moved, 1, { startsAt: `${year}-06-15T19:00`, endsAt: `${year}-06-15T21:00` });
  const reminders = await db.notification.findMany({ where: { of: { name: "meetings:tomorrow" } } });
  expect(reminders).toMatchObject([
    { person: people.second, event: expect.stringContaining(left), readAt: null },
  ]);
  await come("first", left);
  await tellReminders(new Date(`${year}-06-14T18:00:00Z`));
  expect(await db.notification.count({ where: { of: { name: "meetings:tomorrow" } } })).toBe(4);
});

it("nobody is reminded of a meeting that is being called off at that moment", async () => {
  const id = await convened();
  await come("first", id);
  await db.event.deleteMany();
  let begun = () => {};
  const beginning = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const callingOff = db.$transaction(async (tx) => {
    await tx.meeting.update({ where: { id }, data: { cancelledAt: new Date() } });
    begun();
    await new Promise((resolve) => setTimeout(resolve, 500));
  });
  await beginning;
  await Promise.all([callingOff, tellReminders(new Date(`${year}-06-14T17:00:00Z`))]);
  expect(await told()).toEqual([]);
});

it("a person finds where they are registered, takes it away, and leaves their place when erased", async () => {
  const id = await convened({ places: "1" });
  for (const name of ["third", "second"]) await come(name, id);
  expect(await queries.ownMeetings(torino, viewer("second"))).toMatchObject([{ id, isWaiting: true }]);
  expect(await queries.ownMeetings(aglie, viewer("second"))).toEqual([]);
  const taken = JSON.stringify(await personalExport(people.third ?? ""));
  expect(taken).toContain('"meetingsRegisteredFor":[{');
  expect(taken).toContain(id);
  await erasePerson(people.third ?? "");
  expect(await page(id, "second")).toMatchObject({ registered: 1, own: { isWaiting: false } });
  expect(await db.meetingRegistration.count({ where: { person: people.third ?? "" } })).toBe(0);
});
