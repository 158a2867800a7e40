import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Viewer } from "@/lib/permissions";
import { trialPeople } from "@/prisma/seed/trial-people";
import { takeOffice } from "../register-rows";
import { formOf, request, serverActions } from "./request";
import { aglie, proposalOnLedger, settle, torino } from "./town";

const { db } = await serverActions();
const actions = await import("@/features/comments/actions");
const { commentById, discussionOn, versionsOf } = await import("@/features/comments/queries");
const { subjectOf } = await import("@/features/comments/about-queries");
const { introducePerson } = await import("@/features/people/service");

const about = { type: "proposal", id: "published" } as const;
const form = { aboutType: "proposal", aboutId: "published" };
let author: string;
let other: string;
let officer: string;

beforeAll(async () => {
  await settle(db);
  const [giulia, marco, amina] = trialPeople;
  if (!giulia || !marco || !amina) throw new Error("there are no trial people");
  author = await introducePerson(giulia);
  other = await introducePerson(marco);
  officer = await introducePerson(amina);
  await takeOffice(db, {
    ...{ person: officer, municipality: torino, organisation: "Comune", role: "responsible_officer" },
  });
  await proposalOnLedger(db, { id: "published", state: "published" });
  await proposalOnLedger(db, { id: "second", state: "published" });
  await proposalOnLedger(db, { id: "submitted", state: "submitted" });
  await proposalOnLedger(db, { id: "elsewhere", state: "published", municipality: aglie });
});

beforeEach(async () => {
  await db.comment.deleteMany();
  await db.commentSupport.deleteMany();
  await db.rateCount.deleteMany();
  request.path = "/torino";
  request.person = author;
});

const command = () => randomUUID();
const write = (fields: Record<string, string> = {}) =>
  actions.writeComment(undefined, formOf({ ...form, command: command(), text: "Una panchina.", ...fields }));
async function written(fields: Record<string, string> = {}): Promise<string> {
  expect(await write(fields)).toMatchObject({ done: expect.any(String) });
  const row = await db.comment.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
  return row.id;
}
const discussion = (options = {}) => discussionOn(torino, about, undefined, options);

describe("writing", () => {
  it("is for whoever has signed in, about what anyone may read in the municipality", async () => {
    request.person = undefined;
    expect(await write()).toMatchObject({ code: "not_signed_in" });
    request.person = author;
    for (const aboutId of ["submitted", "elsewhere", "none"])
      expect(await write({ aboutId })).toMatchObject({ code: "comment_subject_not_found" });
    expect(await write({ aboutType: "pact" })).toMatchObject({ code: "comment_subject_not_found" });
    request.path = "/aglie";
    expect(await write()).toMatchObject({ code: "comment_subject_not_found" });
    expect(await db.comment.count()).toBe(0);
  });

  it("is about a meeting of the municipality, which is called by its title", async () => {
    const meetingIn = (municipality: string) =>
      db.meeting.create({
        data: {
          ...{ id: randomUUID(), municipality, aboutType: "proposal", aboutId: "published" },
          ...{ title: "Sopralluogo", language: "it", agenda: "Gli orari.", convenedBy: author },
          ...{ startsAt: new Date("2030-05-02T16:00:00Z"), endsAt: new Date("2030-05-02T18:00:00Z") },
        },
      });
    const [here, elsewhere] = [await meetingIn(torino), await meetingIn(aglie)];
    for (const aboutId of [elsewhere.id, randomUUID(), "no-id"])
      expect(await write({ aboutType: "meeting", aboutId })).toMatchObject({
        code: "comment_subject_not_found",
      });
    await written({ aboutType: "meeting", aboutId: here.id });
    expect((await discussionOn(torino, { type: "meeting", id: here.id }, undefined)).count).toBe(1);
    expect(
      await subjectOf({ istatCode: torino, slug: "torino" }, { type: "meeting", id: here.id }),
    ).toMatchObject({
      title: "Sopralluogo",
      href: { pathname: "/[municipality]/meetings/[meeting]", params: { meeting: here.id } },
    });
  });

  it("keeps markup as the words that it is, and leaves out what turns the reading order round", async () => {
    const text = `<script>alert("x")</script> <b>forte</b> \u202Eal rovescio`;
    await written({ text });
    const { threads } = await discussion();
    expect(threads[0]?.opening.text).toBe(text.replace("\u202E", ""));
  });

  it("is refused without words and beyond its length, at the field", async () => {
    for (const text of ["", "   ", "a".repeat(2001)]) {
      const answer = await write({ text });
      expect(answer?.submission.error).toHaveProperty("text");
    }
    expect(await db.comment.count()).toBe(0);
  });

  it("500 comments within a minute end at the limit, and others still write", async () => {
    let taken = 0;
    for (let number = 0; number < 500; number += 1)
      if ((await write({ text: `Numero ${number}` }))?.done) taken += 1;
    expect(taken).toBe(20);
    expect(await db.comment.count()).toBe(20);
    request.person = other;
    expect(await write()).toMatchObject({ done: expect.any(String) });
  }, 120_000);

  it("puts answers under the thread they belong to, with words that are really there", async () => {
    const opening = await written({ kind: "question", text: "Chi ripara\ni lampioni?" });
    request.person = other;
    const first = await written({ replyTo: opening, quote: "ripara i lampioni", text: "Il Comune." });
    const second = await written({ replyTo: first, text: "Da quando?" });
    expect(await write({ replyTo: opening, quote: "ripara le panchine" })).toMatchObject({
      submission: { error: { quote: [expect.any(String)] } },
    });
    expect(await write({ replyTo: opening, aboutId: "second" })).toMatchObject({ code: "comment_not_found" });
    const { threads, count } = await discussion();
    expect(count).toBe(3);
    expect(threads).toMatchObject([
      {
        opening: { id: opening, kind: "question", replies: 2 },
        answers: [
          { id: first, kind: "answer", quote: "ripara i lampioni" },
          { id: second, kind: "answer", replyTo: first },
        ],
      },
    ]);
    request.person = author;
    await actions.withdrawComment(undefined, formOf({ comment: opening }));
    const after = await discussion();
    // Words taken back are not read in a quote either, and nobody answers them any more.
    expect(after.threads[0]).toMatchObject({ opening: { text: null }, answers: [{ quote: "" }, {}] });
    for (let number = 0; number < 3; number += 1) await written({ replyTo: first, text: `Altra ${number}` });
    // Whoever answers last finds their answer there.
    expect((await discussion()).threads[0]?.answers.map(({ text }) => text)).toEqual([
      ...["Altra 0", "Altra 1", "Altra 2"],
    ]);
    expect(await write({ replyTo: opening })).toMatchObject({ code: "comment_not_found" });
  });
});

describe("in the name of an office", () => {
  const answer = (fields: Record<string, string> = {}) =>
    actions.answerForOffice(
      undefined,
      formOf({ ...form, command: command(), text: "Li ripariamo a marzo.", ...fields }),
    );

  it("only an office answers, is named in the person's place and stands on top", async () => {
    const question = await written({ kind: "question", text: "Chi ripara i lampioni?" });
    expect(await answer({ replyTo: question })).toMatchObject({ code: "not_allowed" });
    request.person = other;
    await written({ replyTo: question, text: "Nessuno." });
    request.person = officer;
    await answer({ replyTo: question });
    const { threads } = await discussion();
    const office = { organisation: "Comune", role: "responsible_officer" };
    expect(threads[0]?.answers).toMatchObject([
      { office, author: "", text: "Li ripariamo a marzo." },
      { office: null },
    ]);
    expect(await db.comment.findUnique({ where: { id: question } })).toMatchObject({
      answeredAt: expect.any(Date),
    });
    const official = threads[0]?.answers[0]?.id ?? "";
    await actions.withdrawComment(undefined, formOf({ comment: official }));
    expect(await db.comment.findUnique({ where: { id: question } })).toMatchObject({ answeredAt: null });
    await answer({ text: "Avviso dell’ufficio." });
    await written({ text: "Dopo." });
    expect((await discussion()).threads.map(({ opening }) => opening.text)).toEqual([
      "Avviso dell’ufficio.",
      "Dopo.",
      "Chi ripara i lampioni?",
    ]);
  });

  it("of another municipality than one's own, nobody answers", async () => {
    request.person = officer;
    request.path = "/aglie";
    expect(await answer({ aboutId: "elsewhere" })).toMatchObject({ code: "not_allowed" });
  });
});

describe("a comment of one's own", () => {
  const edit = (comment: string, revision: string, text: string) =>
    actions.editComment(undefined, formOf({ comment, revision, text }));

  it("is changed by its author alone, with every earlier text to be seen", async () => {
    const id = await written({ text: "Uno." });
    request.person = other;
    expect(await edit(id, "1", "Altro.")).toMatchObject({ code: "comment_not_found" });
    request.person = author;
    await edit(id, "1", "Due.");
    await edit(id, "2", "Tre.");
    // Another window still shows the first text.
    expect(await edit(id, "1", "Quattro.")).toMatchObject({ code: "comment_changed" });
    expect((await versionsOf(torino, id)).map(({ revision, text }) => [revision, text])).toEqual([
      [3, "Tre."],
      [2, "Due."],
      [1, "Uno."],
    ]);
    expect(await versionsOf(aglie, id)).toEqual([]);
    await actions.withdrawComment(undefined, formOf({ comment: id }));
    expect(await versionsOf(torino, id)).toEqual([]);
    expect(await edit(id, "3", "Cinque.")).toMatchObject({ code: "comment_not_found" });
  });
});

describe("support", () => {
  it("counts each person once, never the author, and can be taken back", async () => {
    const id = await written();
    const support = () => actions.supportComment(undefined, formOf({ comment: id }));
    expect(await support()).toMatchObject({ code: "own_comment" });
    request.person = other;
    await Promise.all([support(), support()]);
    const viewer: Viewer = { id: other, name: "", language: "it", roles: [] };
    expect((await commentById(torino, id, viewer))?.comment).toMatchObject({ supports: 1, supported: true });
    request.path = "/aglie";
    expect(await support()).toMatchObject({ code: "comment_not_found" });
    request.path = "/torino";
    const end = () => actions.endSupport(undefined, formOf({ comment: id }));
    // Whoever has given no support takes none back.
    request.person = author;
    await end();
    expect((await commentById(torino, id, viewer))?.comment).toMatchObject({ supports: 1, supported: true });
    request.person = other;
    for (let times = 0; times < 2; times += 1) await end();
    expect((await commentById(torino, id, viewer))?.comment).toMatchObject({ supports: 0, supported: false });
  });
});

describe("a long discussion", () => {
  beforeEach(async () => {
    await db.$executeRaw`
      INSERT INTO public."Comment" (id, municipality, "aboutType", "aboutId", author, kind, text, supports, "createdAt")
      SELECT 'long-' || n, ${torino}, 'proposal', 'published', ${other}, 'remark', 'Numero ' || n, n % 977,
        now() - (20000 - n) * interval '1 second'
      FROM generate_series(1, 20000) n`;
    await db.$executeRaw`
      INSERT INTO public."Comment" (id, municipality, "aboutType", "aboutId", author, kind, text, root, "replyTo", "createdAt")
      SELECT 'answer-' || n, ${torino}, 'proposal', 'published', ${other}, 'answer', 'Risposta ' || n, 'long-1', 'long-1', now()
      FROM generate_series(1, 500) n`;
    await db.comment.update({ where: { id: "long-1" }, data: { replies: 500 } });
    await db.$executeRaw`ANALYZE public."Comment"`;
  });

  it("is read a page at a time in each order, also its last page, without waiting", async () => {
    const began = performance.now();
    const newest = await discussion();
    expect(newest).toMatchObject({ count: 20_500, pages: 1000 });
    expect(newest.threads).toHaveLength(20);
    expect(newest.threads[0]?.opening.text).toBe("Numero 20000");
    const supported = await discussion({ sort: "supported" });
    expect(supported.threads.every(({ opening }) => opening.supports === 976)).toBe(true);
    const last = await discussion({ page: 5000 });
    expect(last.page).toBe(1000);
    expect(last.threads.at(-1)).toMatchObject({ opening: { id: "long-1" } });
    expect(last.threads.at(-1)?.answers).toHaveLength(3);
    const oldest = await discussion({ sort: "oldest" });
    expect(oldest.threads[0]?.opening.id).toBe("long-1");
    const thread = await commentById(torino, "long-1", undefined, 25);
    expect(thread).toMatchObject({ pages: 25, page: 25 });
    expect(thread?.answers).toHaveLength(20);
    expect((performance.now() - began) / 5).toBeLessThan(500);
  }, 120_000);
});
