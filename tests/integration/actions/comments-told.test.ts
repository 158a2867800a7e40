import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { trialPeople } from "@/prisma/seed/trial-people";
import type { Organisation, Role } from "@/protocol/primitives";
import { mailboxTelling } from "../mailbox";
import { takeOffice } from "../register-rows";
import { formOf, request, serverActions } from "./request";
import { proposalOnLedger, settle, torino } from "./town";

const { db, url } = await serverActions();
const comments = await import("@/features/comments/actions");
const moderation = await import("@/features/comments/moderation-actions");
const { newsOf } = await import("@/features/notifications/feed-queries");
const { contentOf } = await import("@/features/notifications/mail-content");
const { mailToSend } = await import("@/features/notifications/sending-service");
const { tellDuties } = await import("@/features/notifications/duty-telling");
const { tellEvents } = await import("@/features/notifications/telling");
const { introducePerson } = await import("@/features/people/service");

const telling = await mailboxTelling(url);

const people: Record<string, string> = {};
const offices: [string, Organisation, Role][] = [
  ["officer", "Comune", "responsible_officer"],
  ["coordinator", "Case", "coordinator"],
  ["guarantor", "Garanti", "guarantor"],
];
const as = (name: string) => {
  request.person = people[name];
};

beforeAll(async () => {
  await settle(db);
  const names = ["author", "answerer", "reporter", "follower", "neighbour", ...offices.map(([name]) => name)];
  for (const [index, name] of names.entries())
    people[name] = await introducePerson(trialPeople[index] ?? expect.fail("there are too few trial people"));
  for (const [name, organisation, role] of offices)
    await takeOffice(db, { person: people[name] ?? "", municipality: torino, organisation, role });
  await proposalOnLedger(db, { id: "published", state: "published" });
});

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE public."Comment", public."CommentCase", public."CommentReport", public."CommentDecision",
    public."CommentAppeal", public."ModerationEntry", public."Event", public."Notification", public."Mail",
    public."Subscription", public."NotificationPreference", public."RateCount" CASCADE`;
  request.path = "/torino";
  for (const [name, kind, subject] of [
    ["follower", "proposal", "published"],
    ["neighbour", "municipality", ""],
  ] as const)
    await db.subscription.create({
      data: { municipality: torino, person: people[name] ?? "", kind, subject },
    });
});

const command = () => randomUUID();
const about = { aboutType: "proposal", aboutId: "published" };
async function write(name: string, fields: Record<string, string> = {}): Promise<string> {
  as(name);
  const form = { ...about, command: command(), text: "Chi ripara i lampioni?", ...fields };
  expect(await comments.writeComment(undefined, formOf(form))).toMatchObject({ done: expect.any(String) });
  return (await db.comment.findFirstOrThrow({ orderBy: { createdAt: "desc" } })).id;
}
async function answerForOffice(replyTo: string): Promise<void> {
  as("officer");
  const form = { ...about, command: command(), text: "A marzo.", replyTo };
  expect(await comments.answerForOffice(undefined, formOf(form))).toMatchObject({ done: expect.any(String) });
}
const report = (comment: string) => {
  as("reporter");
  return moderation.reportComment(undefined, formOf({ comment, command: command(), reason: "insults" }));
};
const hide = (comment: string, by = "officer") => {
  as(by);
  return moderation.hideComment(
    undefined,
    formOf({
      ...{ comment, revision: "1", command: command(), ground: "insults" },
      ...{ facts: "Le parole su Marco.", reasons: "Accusano una persona di un reato." },
    }),
  );
};
async function appealed(comment: string, outcome: "confirm" | "reverse"): Promise<void> {
  as("author");
  await moderation.appealHiding(undefined, formOf({ comment, command: command(), text: "Non è così." }));
  as("guarantor");
  const { id } = await db.commentAppeal.findFirstOrThrow();
  expect(
    await moderation.decideAppeal(undefined, formOf({ appeal: id, outcome, reasons: "Riletto." })),
  ).toMatchObject({ done: expect.any(String) });
}

async function meetingAbout(proposal: string): Promise<string> {
  const { id } = await db.meeting.create({
    data: {
      ...{ id: randomUUID(), municipality: torino, aboutType: "proposal", aboutId: proposal },
      ...{ title: "Sopralluogo", language: "it", agenda: "Gli orari.", convenedBy: people.officer ?? "" },
      ...{ startsAt: new Date("2030-05-02T16:00:00Z"), endsAt: new Date("2030-05-02T18:00:00Z") },
    },
  });
  return id;
}

/** Who was told what, and how often they want to hear of it. */
async function told() {
  while ((await tellEvents(telling)) > 0);
  const rows = await db.notification.findMany({ include: { of: true } });
  const nameOf = (id: string) => Object.entries(people).find(([, person]) => person === id)?.[0];
  return rows.map(({ person, of, frequency }) => [nameOf(person), of.name, frequency]).sort();
}
const prefer = (name: string, frequency: string) =>
  db.notificationPreference.create({
    data: { municipality: torino, person: people[name] ?? "", kind: "comments", frequency },
  });

describe("a comment", () => {
  it("on a meeting is told to whoever follows what the meeting is about", async () => {
    const meeting = await meetingAbout("published");
    await write("author", { aboutType: "meeting", aboutId: meeting });
    expect(await told()).toEqual([
      ["follower", "comments:written", "daily"],
      ["neighbour", "comments:written", "daily"],
    ]);
  });

  it("is told to whoever follows what it is about, with their digest at the soonest, and not to its author", async () => {
    await prefer("follower", "now");
    await db.subscription.create({
      data: { municipality: torino, person: people.author ?? "", kind: "proposal", subject: "published" },
    });
    await write("author");
    expect(await told()).toEqual([
      ["follower", "comments:written", "daily"],
      ["neighbour", "comments:written", "daily"],
    ]);
    expect(await db.mail.count()).toBe(0);
  });

  it("posted twice is told once", async () => {
    const again = command();
    await write("author", { command: again });
    await write("author", { command: again });
    expect(await db.event.count()).toBe(1);
  });

  it("that is refused is told to nobody", async () => {
    as("author");
    await comments.writeComment(undefined, formOf({ ...about, command: command(), text: "" }));
    await comments.writeComment(
      undefined,
      formOf({ ...about, command: command(), text: "Sì.", replyTo: "no" }),
    );
    expect(await db.event.count()).toBe(0);
  });

  it("that answers another is told to whoever wrote that one, at once where they want it, and once", async () => {
    await prefer("follower", "now");
    const opening = await write("follower", { kind: "question" });
    await db.event.deleteMany();
    await write("answerer", { replyTo: opening });
    await write("follower", { replyTo: opening });
    expect(await told()).toEqual([
      ["follower", "comments:reply", "now"],
      ["neighbour", "comments:written", "daily"],
      ["neighbour", "comments:written", "daily"],
    ]);
    expect(await mails()).toEqual(["Orti: Qualcuno ha risposto a un tuo commento"]);
  });

  it("of an office is told to those of its thread and to those who follow, each once", async () => {
    const opening = await write("author", { kind: "question" });
    await write("answerer", { replyTo: opening });
    await write("officer", { replyTo: opening });
    await db.event.deleteMany();
    await answerForOffice(opening);
    expect(await told()).toEqual(
      ["answerer", "author", "follower", "neighbour"].map((name) => [
        ...[name, "comments:questionAnswered", "daily"],
      ]),
    );
  });

  it("under something that is nobody's question is called an answer to a comment", async () => {
    const opening = await write("author");
    await answerForOffice(opening);
    expect(await told()).toContainEqual(["author", "comments:officialAnswer", "daily"]);
  });

  it("is in no feed of news, and names nobody", async () => {
    await write("answerer", { replyTo: await write("author") });
    const town = { istatCode: torino, slug: "torino" };
    expect(await newsOf(town, "it", {})).toEqual([]);
    expect(await newsOf(town, "it", { commons: "commons-of-published" })).toEqual([]);
    const events = JSON.stringify(
      await db.event.findMany({ select: { name: true, facts: true, about: true } }),
    );
    for (const person of Object.values(people)) expect(events).not.toContain(person);
    expect(events).not.toContain("lampioni");
  });
});

describe("what is decided of a comment", () => {
  it("is told to its author at once, with the ground, the way to object and its day; to those who reported it too", async () => {
    await prefer("author", "never");
    const comment = await write("author");
    await db.event.deleteMany();
    await report(comment);
    await hide(comment);
    expect(await told()).toEqual([
      ["author", "comments:hidden", "now"],
      ["reporter", "comments:reportHidden", "daily"],
    ]);
    const [mail, ...others] = await db.mail.findMany();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ person: people.author, kind: "duty" });
    const content = contentOf((await mailToSend(mail?.id ?? "")) ?? expect.fail());
    expect(content?.text).toContain("nascosto un tuo commento (offende o minaccia una persona)");
    expect(content?.text).toMatch(/puoi opporti gratis, entro (il|l’)\s?\d+/);
    expect(content?.text).toContain(`http://localhost:3000/torino/commenti/${comment}`);
    expect(content?.text).not.toContain("Marco");
    expect(content?.headers).not.toHaveProperty("List-Unsubscribe");
  });

  it("stays news while duties come and go", async () => {
    const comment = await write("author");
    await hide(comment);
    await told();
    await tellDuties(telling, torino);
    const where = { person: people.author ?? "", readAt: null, kind: "duty" };
    expect(await db.notification.count({ where })).toBe(1);
  });

  it("is told to reporters alone where it stays", async () => {
    const comment = await write("author");
    await db.event.deleteMany();
    await report(comment);
    const { id: inCase } = await db.commentCase.findFirstOrThrow();
    as("officer");
    await moderation.keepComment(
      undefined,
      formOf({ inCase, command: command(), reasons: "È una critica." }),
    );
    expect(await told()).toEqual([["reporter", "comments:reportKept", "daily"]]);
  });

  it.each([
    ["confirm", [["author", "comments:appealConfirmed", "daily"]]],
    [
      "reverse",
      [
        ["author", "comments:appealReversed", "daily"],
        ["reporter", "comments:reportReversed", "daily"],
      ],
    ],
  ] as const)("by an appeal (%s) is told to whom it concerns", async (outcome, expected) => {
    const comment = await write("author");
    await report(comment);
    await hide(comment);
    await db.event.deleteMany();
    await appealed(comment, outcome);
    expect(await told()).toEqual(expected);
  });

  it("is not told to whoever has been erased", async () => {
    const comment = await write("author");
    await db.event.deleteMany();
    await db.person.update({ where: { id: people.author ?? "" }, data: { erasedAt: new Date() } });
    await hide(comment);
    expect(await told()).toEqual([]);
    await db.person.update({ where: { id: people.author ?? "" }, data: { erasedAt: null } });
  });

  it("waits, reported, for those who moderate", async () => {
    await report(await write("author"));
    await tellDuties(telling, torino);
    const waiting = (await told()).filter(([, name]) => name === "comments:decide");
    expect(waiting.map(([name]) => name)).toEqual(["coordinator", "officer"]);
  });
});

async function mails(): Promise<(string | undefined)[]> {
  const rows = await db.mail.findMany({ orderBy: { createdAt: "asc" } });
  return Promise.all(rows.map(async ({ id }) => contentOf((await mailToSend(id)) ?? expect.fail())?.subject));
}
