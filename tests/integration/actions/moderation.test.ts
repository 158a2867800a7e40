import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Viewer } from "@/lib/permissions";
import { trialPeople } from "@/prisma/seed/trial-people";
import type { Organisation, Role } from "@/protocol/primitives";
import { takeOffice } from "../register-rows";
import { formOf, request, serverActions } from "./request";
import { aglie, proposalOnLedger, settle, torino } from "./town";

const { db } = await serverActions();
const moderation = await import("@/features/comments/moderation-actions");
const queries = {
  ...(await import("@/features/comments/moderation-queries")),
  ...(await import("@/features/comments/own-moderation-queries")),
};
const { discussionOn } = await import("@/features/comments/queries");
const { writeComment, editComment } = await import("@/features/comments/actions");
const { erasePerson } = await import("@/features/people/erasure-service");
const { personalExport } = await import("@/features/people/export-queries");
const { currentViewer } = await import("@/lib/auth");
const { introducePerson } = await import("@/features/people/service");
const { freshDuties } = await import("@/features/office/duty-index-service");

const municipality = { istatCode: torino, slug: "torino" };
const about = { type: "proposal", id: "published" } as const;
const people: Record<string, string> = {};
const offices: [string, Organisation, Role][] = [
  ["officer", "Comune", "responsible_officer"],
  ["colleague", "Comune", "administrator"],
  ["coordinator", "Case", "coordinator"],
  ["guarantor", "Garanti", "guarantor"],
  ["treasurer", "Comune", "treasurer"],
];
const as = (name: string) => {
  request.person = people[name];
};
const viewerOf = async (name: string): Promise<Viewer> => {
  as(name);
  return (await currentViewer()) ?? expect.fail(`${name} has not signed in`);
};

beforeAll(async () => {
  await settle(db);
  const names = ["author", "reporter", "bystander", ...offices.map(([name]) => name), "elsewhere"];
  for (const [index, name] of names.entries()) {
    const trial = trialPeople[index] ?? expect.fail("there are too few trial people");
    people[name] = await introducePerson(trial);
  }
  for (const [name, organisation, role] of offices)
    await takeOffice(db, { person: people[name] ?? "", municipality: torino, organisation, role });
  await takeOffice(db, {
    ...{ person: people.elsewhere ?? "", municipality: aglie },
    ...{ organisation: "Comune", role: "responsible_officer" },
  });
  await proposalOnLedger(db, { id: "published", state: "published" });
});

let comment: string;
const command = () => randomUUID();

beforeEach(async () => {
  for (const table of [
    "Comment",
    "CommentCase",
    "CommentReport",
    "CommentDecision",
    "CommentAppeal",
    "ModerationEntry",
  ])
    await db.$executeRawUnsafe(`DELETE FROM public."${table}"`);
  await db.rateCount.deleteMany();
  request.path = "/torino";
  as("author");
  await writeComment(
    undefined,
    formOf({ aboutType: "proposal", aboutId: "published", command: command(), text: "Siete tutti ladri." }),
  );
  comment = (await db.comment.findFirstOrThrow()).id;
});

const report = (fields: Record<string, string> = {}) =>
  moderation.reportComment(undefined, formOf({ comment, command: command(), reason: "insults", ...fields }));
const hide = (fields: Record<string, string> = {}) =>
  moderation.hideComment(
    undefined,
    formOf({
      ...{ comment, revision: "1", command: command(), ground: "insults" },
      ...{ facts: "«Siete tutti ladri», a chi ha proposto.", reasons: "Accusa persone di un reato." },
      ...fields,
    }),
  );
const keep = (inCase: string) =>
  moderation.keepComment(undefined, formOf({ inCase, command: command(), reasons: "È una critica." }));
const appeal = (text = "Non parlavo di persone.") =>
  moderation.appealHiding(undefined, formOf({ comment, command: command(), text }));
const decide = async (outcome: "confirm" | "reverse") => {
  const { id } = await db.commentAppeal.findFirstOrThrow();
  return moderation.decideAppeal(undefined, formOf({ appeal: id, outcome, reasons: "Riletto tutto." }));
};
const shown = async () => (await discussionOn(torino, about, undefined)).threads[0]?.opening;
const theCase = () => db.commentCase.findFirstOrThrow({ orderBy: { openedAt: "desc" } });

describe("a report", () => {
  it("is of whoever has signed in and did not write it, with words where the reason needs them", async () => {
    request.person = undefined;
    expect(await report()).toMatchObject({ code: "not_signed_in" });
    as("author");
    expect(await report()).toMatchObject({ code: "own_comment" });
    as("reporter");
    expect(await report({ reason: "law" })).toMatchObject({
      submission: { error: { text: [expect.any(String)] } },
    });
    expect(await report({ reason: "unknown" })).toMatchObject({
      submission: { error: { reason: [expect.any(String)] } },
    });
    request.path = "/aglie";
    expect(await report()).toMatchObject({ code: "comment_not_found" });
    expect(await db.commentReport.count()).toBe(0);
  });

  it("is found again by its person with what became of it, and by nobody else", async () => {
    as("reporter");
    expect(await report()).toMatchObject({ goTo: expect.stringMatching(/\/segnalazioni\?ricevuta=/) });
    expect(await queries.ownReports(torino, await viewerOf("reporter"))).toMatchObject([
      { comment, reason: "insults", state: "open", decision: null },
    ]);
    expect(await queries.ownReports(torino, await viewerOf("bystander"))).toEqual([]);
    as("officer");
    await keep((await theCase()).id);
    expect(await queries.ownReports(torino, await viewerOf("reporter"))).toMatchObject([
      { state: "kept", decision: { hides: false, reasons: "È una critica." } },
    ]);
  });

  it("of many people is one case, and hides nothing by itself", async () => {
    const service = await import("@/features/comments/moderation-service");
    const crowd = Array.from({ length: 60 }, () => randomUUID());
    await Promise.all(
      crowd.map((id) =>
        service.reportComment(
          { municipality: torino, viewer: { id, name: "", language: "it", roles: [] } },
          comment,
          { reason: "insults", text: "" },
          command(),
        ),
      ),
    );
    expect(await db.commentCase.count()).toBe(1);
    expect(await theCase()).toMatchObject({ reports: 60, state: "open" });
    expect(await shown()).toMatchObject({ text: "Siete tutti ladri.", hidden: null });
    // Who says it again says it once.
    as("reporter");
    await report();
    await report({ reason: "hate" });
    expect(await theCase()).toMatchObject({ reports: 61 });
    expect(await db.commentReport.findMany({ where: { reporter: people.reporter ?? "" } })).toMatchObject([
      { reason: "hate" },
    ]);
  });

  it("of a text that was decided on is not opened again by the same person, only of a text that has changed", async () => {
    as("reporter");
    await report();
    as("officer");
    await keep((await theCase()).id);
    as("reporter");
    await report();
    expect(await db.commentCase.count()).toBe(1);
    as("author");
    await editComment(undefined, formOf({ comment, revision: "1", text: "Siete ladri e bugiardi." }));
    as("reporter");
    await report();
    expect(await db.commentCase.count()).toBe(2);
  });

  it("twenty within the hour are taken of one person", async () => {
    as("reporter");
    const answers = [];
    for (let times = 0; times < 25; times += 1) answers.push(await report());
    expect(answers.filter((answer) => answer?.code === "too_many_requests")).toHaveLength(5);
  });
});

describe("hiding", () => {
  it("is for those who moderate there, never for who wrote or reported it", async () => {
    for (const name of ["bystander", "treasurer", "guarantor", "elsewhere"]) {
      as(name);
      expect(await hide()).toMatchObject({ code: "not_allowed" });
    }
    as("coordinator");
    await report();
    expect(await hide()).toMatchObject({ code: "moderation_of_own" });
    request.path = "/aglie";
    as("elsewhere");
    expect(await hide()).toMatchObject({ code: "comment_not_found" });
    request.path = "/torino";
    expect(await shown()).toMatchObject({ hidden: null });
    as("officer");
    expect(await hide()).toMatchObject({ done: expect.any(String) });
  });

  it("asks for facts and reasons, for the law where it is the law, and for the text that was read", async () => {
    as("officer");
    for (const [field, fields] of [
      ["facts", { facts: " " }],
      ["reasons", { reasons: "" }],
      ["norm", { ground: "law" }],
      ["ground", { ground: "other" }],
    ] as const)
      expect((await hide(fields))?.submission.error).toHaveProperty(field);
    as("author");
    await editComment(undefined, formOf({ comment, revision: "1", text: "Siete bravi." }));
    as("officer");
    expect(await hide()).toMatchObject({ code: "comment_changed" });
    expect(await shown()).toMatchObject({ text: "Siete bravi." });
  });

  it("leaves a note for everybody and tells the author all of it", async () => {
    as("reporter");
    await report();
    as("officer");
    await hide({ ground: "law", norm: "art. 595 c.p." });
    expect(await shown()).toMatchObject({ text: null, hidden: { ground: "law", norm: "art. 595 c.p." } });
    expect(JSON.stringify(await shown())).not.toContain("Accusa persone");
    expect(await queries.statementOn(torino, comment, await viewerOf("reporter"))).toBeNull();
    expect(await queries.statementOn(torino, comment, await viewerOf("author"))).toMatchObject({
      ...{ afterReports: true, appeal: null, text: "Siete tutti ladri." },
      decision: {
        ...{ ground: "law", norm: "art. 595 c.p.", reasons: "Accusa persone di un reato." },
        office: { organisation: "Comune", role: "responsible_officer" },
      },
    });
    as("colleague");
    expect(await hide()).toMatchObject({ code: "comment_hidden" });
    as("bystander");
    expect(await report()).toMatchObject({ code: "comment_not_found" });
  });
});

describe("an objection", () => {
  beforeEach(async () => {
    as("officer");
    await hide();
  });

  it("is the author's alone, once, within its term", async () => {
    as("bystander");
    expect(await appeal()).toMatchObject({ code: "comment_not_found" });
    as("author");
    await db.commentDecision.updateMany({ data: { createdAt: new Date(Date.now() - 184 * 86_400_000) } });
    expect(await appeal()).toMatchObject({ code: "appeal_too_late" });
    await db.commentDecision.updateMany({ data: { createdAt: new Date() } });
    expect(await appeal()).toMatchObject({ done: expect.any(String) });
    expect(await appeal("Ancora.")).toMatchObject({ code: "appeal_made" });
    expect(await db.commentAppeal.count()).toBe(1);
  });

  it("is decided by a guarantor or another organisation's moderator, never by who hid it or their colleagues", async () => {
    as("author");
    await appeal();
    for (const name of ["officer", "colleague"]) {
      as(name);
      expect(await decide("confirm")).toMatchObject({ code: "appeal_of_another" });
    }
    for (const name of ["author", "treasurer", "elsewhere"]) {
      as(name);
      expect(await decide("reverse")).toMatchObject({ code: "not_allowed" });
    }
    expect(await theCase()).toMatchObject({ state: "appealed" });
    as("coordinator");
    expect(await decide("reverse")).toMatchObject({ done: expect.any(String) });
    expect(await shown()).toMatchObject({ text: "Siete tutti ladri.", hidden: null });
    as("guarantor");
    expect(await decide("confirm")).toMatchObject({ code: "appeal_decided" });
    expect(await shown()).toMatchObject({ hidden: null });
  });

  it("that is dismissed leaves it hidden, with reasons that the author reads", async () => {
    as("author");
    await appeal();
    as("guarantor");
    await decide("confirm");
    expect(await shown()).toMatchObject({ text: null });
    const [own] = await queries.ownDecided(torino, await viewerOf("author"));
    expect(own?.appeal?.decided).toMatchObject({
      ...{ reversed: false, reasons: "Riletto tutto." },
      office: { organisation: "Garanti", role: "guarantor" },
    });
    expect(await theCase()).toMatchObject({ state: "confirmed", openFor: null });
  });
});

describe("the log", () => {
  it("has each step in order, offices by name and people by a sign that names nobody", async () => {
    as("reporter");
    await report();
    as("officer");
    await hide();
    as("author");
    await appeal();
    as("guarantor");
    await decide("reverse");
    const { entries } = await queries.moderationLog(torino);
    expect(entries.map(({ what }) => what)).toEqual(["reversed", "appealed", "hidden", "reported"]);
    expect(entries.map(({ office }) => office?.role)).toEqual([
      ...["guarantor", undefined, "responsible_officer", undefined],
    ]);
    const text = JSON.stringify(entries);
    for (const id of Object.values(people)) expect(text).not.toContain(id);
    expect(new Set(entries.map(({ sign }) => sign)).size).toBe(4);
    expect((await queries.moderationLog(aglie)).entries).toEqual([]);
  });

  it("and the case name neither who reported nor who wrote to those who decide", async () => {
    as("reporter");
    await report({ text: "Parole cattive." });
    const found = await queries.caseById(municipality, (await theCase()).id, await viewerOf("officer"));
    expect(found).toMatchObject({
      may: { decide: true, decideAppeal: false },
      reports: [{ text: "Parole cattive." }],
    });
    for (const name of ["reporter", "author"]) expect(JSON.stringify(found)).not.toContain(people[name]);
    expect(
      await queries.caseById(
        { istatCode: aglie, slug: "aglie" },
        (await theCase()).id,
        await viewerOf("elsewhere"),
      ),
    ).toBeNull();
  });
});

describe("an office's queue", () => {
  const waiting = async (name: string) => {
    const { waitingFor } = await import("@/features/office/queries");
    const { items } = await waitingFor(torino, await viewerOf(name));
    return items.map(({ transaction }) => transaction);
  };

  it("has a report, then an objection, and a question that waits too long, for those who may decide", async () => {
    await freshDuties(torino);
    expect(await waiting("officer")).toEqual([]);
    as("coordinator");
    await report();
    expect(await waiting("officer")).toEqual(["comments:decide"]);
    expect(await waiting("coordinator")).toEqual([]);
    expect(await waiting("guarantor")).toEqual([]);
    as("officer");
    await hide();
    as("author");
    await appeal();
    expect(await waiting("officer")).toEqual([]);
    expect(await waiting("colleague")).toEqual([]);
    expect(await waiting("guarantor")).toEqual(["comments:decideAppeal"]);
    as("guarantor");
    await decide("confirm");
    expect(await waiting("guarantor")).toEqual([]);
    await db.comment.create({
      data: {
        ...{ id: randomUUID(), municipality: torino, aboutType: "proposal", aboutId: "published" },
        ...{ author: people.author ?? "", kind: "question", text: "Quando?" },
        createdAt: new Date(Date.now() - 11 * 86_400_000),
      },
    });
    expect(await waiting("officer")).toEqual(["comments:answer"]);
    expect(await waiting("treasurer")).toEqual([]);
  });
});

describe("what is kept of a person", () => {
  it("is handed over whole, and goes with them but for comments under no name", async () => {
    as("reporter");
    await report({ text: "Parole cattive." });
    const name = people.reporter ?? "";
    expect(JSON.stringify(await personalExport(name))).toContain("Parole cattive.");
    await erasePerson(name);
    expect(await db.commentReport.count({ where: { reporter: name } })).toBe(0);
    as("officer");
    await hide();
    as("author");
    await appeal("Sono io.");
    const author = people.author ?? "";
    expect(JSON.stringify(await personalExport(author))).toMatch(/Siete tutti ladri.*Sono io\./s);
    await erasePerson(author);
    expect(await db.commentAppeal.count()).toBe(0);
    expect(await theCase()).toMatchObject({ state: "hidden" });
  });
});
