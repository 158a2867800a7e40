import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { trialPeople } from "@/prisma/seed/trial-people";
import { takeOffice } from "../register-rows";
import { formOf, request, serverActions } from "./request";
import { aglie, settle, torino } from "./town";

const { db } = await serverActions();
const { formAction } = await import("@/lib/action-client");
const { introducePerson } = await import("@/features/people/service");
const { currentIntention } = await import("@/lib/intention");
const { ConflictError, InvalidInputError } = await import("@/lib/errors");
const { ownerOf } = await import("@/lib/kept-form");
const { noteActToSign } = await import("@/lib/acts-to-sign");
const { tidyUp } = await import("@/lib/tidying");
const { log } = await import("@/lib/log");
const errors = (await import("@/messages/it.json")).default.errors;

type Options = Parameters<typeof formAction>[0];
type Run = Options["run"];

const run = vi.fn<Run>();
const schema = z.object({ text: z.string().max(5), command: z.string().optional() });
const action = (changes: Partial<Options> = {}) =>
  formAction({ name: "test", permission: "comments:write", schema, run, ...changes });
const post = (fields: Record<string, string> = { text: "ciao" }, changes: Partial<Options> = {}) =>
  action(changes)(undefined, formOf(fields));

let grown = "";
let young = "";
let treasurer = "";

beforeAll(async () => {
  await settle(db);
  await db.municipality.create({
    data: { istatCode: "001156", slug: "moncalieri", name: "Moncalieri", lat: 45, lon: 7.7, active: false },
  });
  const adult = trialPeople.find(({ roles }) => roles.length === 0);
  const minor = trialPeople.find(({ familyName }) => familyName === "Ruffino");
  const other = trialPeople.filter(({ roles }) => roles.length > 0)[0];
  if (!adult || !minor || !other) throw new Error("there are no such trial people");
  [grown, young, treasurer] = [
    await introducePerson(adult),
    await introducePerson(minor),
    await introducePerson(other),
  ];
  await takeOffice(db, {
    person: treasurer,
    municipality: torino,
    organisation: "Comune",
    role: "treasurer",
  });
});

beforeEach(async () => {
  await db.rateCount.deleteMany();
  Object.assign(request, {
    person: grown,
    path: "/torino/x",
    locale: "it",
    isFromScript: true,
    drawnAgain: 0,
  });
  request.session = { level: 2, minutesAgo: 0 };
  run.mockReset();
  run.mockResolvedValue({ done: "Fatto." });
});

const refused = async (answer: ReturnType<typeof post>) => {
  const { code, failure } = (await answer) ?? {};
  expect(run).not.toHaveBeenCalled();
  return { code, failure };
};

describe("who and where", () => {
  it("is known to what the action runs", async () => {
    expect(await post()).toMatchObject({ done: "Fatto." });
    const [input, context] = run.mock.calls[0] ?? [];
    expect(input).toEqual({ text: "ciao" });
    expect(context).toMatchObject({
      viewer: { id: grown },
      municipality: { istatCode: torino, slug: "torino", name: "Torino" },
      role: { municipality: torino, organisation: "Case", role: "resident" },
      locale: "it",
    });
    expect(context?.form.get("text")).toBe("ciao");
  });

  it("nobody who has not signed in, and what was typed is still there", async () => {
    request.person = undefined;
    expect(await post()).toMatchObject({
      ...{ code: "not_signed_in", failure: errors.not_signed_in },
      submission: { initialValue: { text: "ciao" } },
    });
    expect(run).not.toHaveBeenCalled();
  });

  it.each(["/", "/nowhere/x", "/moncalieri/x"])("no municipality with pages at %s", async (path) => {
    request.path = path;
    expect(await refused(post())).toEqual({ code: "not_found", failure: errors.not_found });
  });

  it("an office is held here and not elsewhere", async () => {
    request.person = treasurer;
    const asTreasurer = { permission: "payments:order", recent: false } as const;
    expect(await post(undefined, { permission: "flows:inspect" })).toMatchObject({ done: "Fatto." });
    expect(run.mock.calls[0]?.[1].role).toMatchObject({ organisation: "Comune", role: "treasurer" });
    run.mockClear();
    request.path = "/aglie/x";
    expect(await refused(post(undefined, { permission: "flows:inspect" }))).toEqual({
      ...{ code: "not_allowed", failure: errors.not_allowed },
    });
    request.person = grown;
    request.path = "/torino/x";
    expect((await refused(post(undefined, asTreasurer))).code).toBe("not_allowed");
  });

  it("whoever is refused is in the log of security events with what was asked", async () => {
    const lines: unknown[] = [];
    const spy = vi.spyOn(log, "info").mockImplementation((...line: unknown[]) => void lines.push(line));
    await post(undefined, { permission: "flows:inspect" });
    request.session.minutesAgo = 31;
    await post(undefined, { recent: true });
    spy.mockRestore();
    const asked = { person: grown, municipality: torino, action: "test" };
    expect(lines).toEqual([
      [{ event: "not_allowed", ...asked, permission: "flows:inspect", reason: "not_allowed" }, "security"],
      [
        { event: "sign_in_again_asked", ...asked, permission: "comments:write", reason: "sign_in_again" },
        "security",
      ],
    ]);
  });
});

describe("how somebody has signed in", () => {
  it("at the second level, but for what is one's own", async () => {
    request.session.level = 1;
    expect((await refused(post())).code).toBe("level_too_low");
    expect(await post(undefined, { permission: "own:write" })).toMatchObject({ done: "Fatto." });
  });

  it("half an hour ago at the most where it weighs much", async () => {
    request.session.minutesAgo = 29;
    expect(await post(undefined, { recent: true })).toMatchObject({ done: "Fatto." });
    request.person = treasurer;
    expect(await post(undefined, { permission: "payments:recordPaid" })).toMatchObject({ done: "Fatto." });
    run.mockClear();
    request.session.minutesAgo = 31;
    expect((await refused(post(undefined, { permission: "payments:recordPaid" }))).code).toBe(
      "sign_in_again",
    );
    expect((await refused(post(undefined, { recent: true }))).code).toBe("sign_in_again");
    expect(await post()).toMatchObject({ done: "Fatto." });
  });

  it("half an hour ago to the millisecond, and no longer", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      request.session.minutesAgo = 30;
      expect(await post(undefined, { recent: true })).toMatchObject({ done: "Fatto." });
      run.mockClear();
      request.session.minutesAgo = 30 + 1 / 60_000;
      expect((await refused(post(undefined, { recent: true }))).code).toBe("sign_in_again");
    } finally {
      vi.useRealTimers();
    }
  });

  it("old enough for what residents do to others, by the settings of the municipality", async () => {
    request.person = young;
    expect(await refused(post())).toEqual({
      code: "under_age",
      failure: expect.stringContaining("16"),
    });
    for (const permission of ["own:write", "ballots:request"] as const)
      expect(await post(undefined, { permission })).toMatchObject({ done: "Fatto." });
    await takeOffice(db, { person: young, municipality: aglie, organisation: "Comune", role: "councillor" });
    request.path = "/aglie/x";
    expect(await post(undefined, { permission: "flows:inspect" })).toMatchObject({ done: "Fatto." });
  });

  it("each action of a person is counted", async () => {
    await post();
    expect(await db.rateCount.count()).toBe(2);
    await post(undefined, { permission: "own:write" });
    expect((await db.rateCount.findMany()).map(({ count }) => count).sort()).toEqual([1, 2]);
  });
});

describe("what the form says", () => {
  it("is read by the schema, whose words stand at the field", async () => {
    const answer = await post({ text: "troppo lungo" });
    expect(answer?.submission).toMatchObject({
      status: "error",
      initialValue: { text: "troppo lungo" },
      error: { text: [expect.stringContaining("5")] },
    });
    expect(answer).not.toHaveProperty("code");
    expect(run).not.toHaveBeenCalled();
  });

  it("is read as its language and its form want it where the schema depends on them", async () => {
    const asked: unknown[] = [];
    const byLanguage: Options["schema"] = (locale, form) => {
      asked.push([locale, form.get("text")]);
      return schema;
    };
    request.locale = "en";
    expect(await post(undefined, { schema: byLanguage })).toMatchObject({ done: "Fatto." });
    expect(asked).toEqual([["en", "ciao"]]);
  });

  it("is refused at each field with a character that no database keeps", async () => {
    const answer = await post({ text: "ci\0ao", other: "x", more: "\0" });
    expect(answer?.submission).toMatchObject({
      status: "error",
      error: { text: [errors.character_not_taken], more: [errors.character_not_taken] },
    });
    expect(answer?.submission.error).not.toHaveProperty("other");
    expect(run).not.toHaveBeenCalled();
  });

  it("is not read at all where its names are none of a form of the site, whoever sent it", async () => {
    const names = { "a[99999]": "x" };
    const unread = { submission: { status: "error", initialValue: {}, error: {} } };
    expect(await post(names)).toEqual({
      ...unread,
      code: "form_unreadable",
      failure: errors.form_unreadable,
    });
    request.person = undefined;
    expect(await post(names)).toEqual({ ...unread, code: "not_signed_in", failure: errors.not_signed_in });
  });

  it.each([["a text"], [{ text: "ciao" }], [7], [null], [[["text", "ciao"]]]])(
    "is not read where it is no form but what a program sent: %j",
    async (sent) => {
      const call = () => action()(undefined, sent as unknown as FormData);
      const unread = { submission: { status: "error", initialValue: {}, error: {} } };
      expect(await call()).toMatchObject({ ...unread, code: "form_unreadable" });
      request.person = undefined;
      expect(await call()).toMatchObject({ ...unread, code: "not_signed_in" });
      request.isFromScript = false;
      const toSignIn = { digest: expect.stringContaining(";/accedi?da=%2Ftorino%2Fx;") };
      await expect(call()).rejects.toMatchObject(toSignIn);
      expect(run).not.toHaveBeenCalled();
    },
  );

  it("is found wrong by the service at the fields it names", async () => {
    run.mockRejectedValue(new InvalidInputError({ text: "required" }));
    expect((await post())?.submission).toMatchObject({
      status: "error",
      initialValue: { text: "ciao" },
      error: { text: [errors.required] },
    });
  });

  it("is shown again beside whatever else stood against it", async () => {
    run.mockRejectedValue(new ConflictError("too_late", { day: "2026-02-01" }));
    const answer = await post();
    expect(answer).toMatchObject({
      code: "too_late",
      failure: expect.stringContaining("1 febbraio 2026"),
      submission: { initialValue: { text: "ciao" } },
    });
    expect(request.drawnAgain).toBe(0);
  });

  it("what nobody foresaw is logged once, by the action's name, and shown by its id alone", async () => {
    const logged: Record<string, unknown>[] = [];
    const spy = vi
      .spyOn(log, "error")
      .mockImplementation((...line: unknown[]) => void logged.push(line[0] as Record<string, unknown>));
    run.mockRejectedValue(new Error("internals"));
    const answer = await post();
    spy.mockRestore();
    expect(logged).toMatchObject([{ action: "test", errorId: expect.any(String) }]);
    expect(answer).toMatchObject({
      code: "unexpected",
      failure: expect.stringContaining(String(logged[0]?.errorId)),
    });
    expect(JSON.stringify(answer)).not.toContain("internals");
  });
});

describe("the command of a form", () => {
  const ran = () => run.mock.calls.map(([input]) => (input as { command?: string }).command);

  it("is replaced by one that nobody can choose, the same in capitals and for the same person alone", async () => {
    const command = randomUUID();
    let intention: ReturnType<typeof currentIntention>;
    run.mockImplementation(async () => {
      intention = currentIntention();
      return { done: "Fatto." };
    });
    await post({ text: "ciao", command });
    await post({ text: "ciao", command: command.toUpperCase() });
    const [first, capital] = ran();
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(first).not.toBe(command);
    expect(capital).toBe(first);
    expect(intention?.id).toBe(first);
    request.path = "/aglie/x";
    await post({ text: "ciao", command });
    await post({ text: "ciao", command }, { name: "another" });
    request.person = treasurer;
    await post({ text: "ciao", command });
    expect(new Set(ran()).size).toBe(4);
  });

  it("is not needed, and then there is no intention", async () => {
    let intention: unknown = "none asked";
    run.mockImplementation(async () => {
      intention = currentIntention();
      return { done: "Fatto." };
    });
    await post();
    expect([ran(), intention]).toEqual([[undefined], undefined]);
  });
});

describe("what comes of it", () => {
  it("draws the page again unless nothing on it has changed", async () => {
    await post();
    expect(request.drawnAgain).toBe(1);
    run.mockResolvedValue({ done: "Fatto.", still: true });
    await post();
    expect(request.drawnAgain).toBe(1);
  });

  it("leaves the form as it is, or empties it, and hands values on", async () => {
    const left = await post();
    expect(left?.submission).toMatchObject({ status: "success", initialValue: { text: "ciao" } });
    expect(left).not.toHaveProperty("values");
    run.mockResolvedValue({ done: "Fatto.", clear: true, values: { draft: "7" } });
    const emptied = await post();
    expect(emptied).toMatchObject({ done: "Fatto.", values: { draft: "7" } });
    expect(emptied?.submission.initialValue).toBeNull();
  });

  it("does what was left for afterwards, also where it failed", async () => {
    const tidied: string[] = [];
    run.mockImplementation(async () => {
      tidyUp(async () => void tidied.push("tidied"));
      throw new ConflictError("not_found");
    });
    await post();
    expect(tidied).toEqual(["tidied"]);
  });

  it("leads elsewhere: by the page's script, and by a redirection where there is none", async () => {
    const to = { pathname: "/[municipality]/commons", params: { municipality: "torino" } } as const;
    run.mockResolvedValue({ redirectTo: to });
    expect(await post()).toMatchObject({
      goTo: "/torino/beni",
      submission: { initialValue: { text: "ciao" } },
    });
    expect(request.drawnAgain).toBe(0);
    request.isFromScript = false;
    await expect(post()).rejects.toMatchObject({ digest: expect.stringContaining(";/torino/beni;") });
    request.locale = "en";
    await expect(post()).rejects.toMatchObject({ digest: expect.stringContaining(";/en/torino/commons;") });
  });
});

describe("acts that the form has queued", () => {
  const queueing = (person: () => string, outcome: Awaited<ReturnType<Run>> = { done: "Fatto." }) =>
    run.mockImplementation(async () => {
      for (const id of ["a", "b"]) noteActToSign({ id, person: person() });
      return outcome;
    });

  it("are signed first, and then it goes on to where the form leads, or back to its page", async () => {
    const to = { pathname: "/[municipality]/commons", params: { municipality: "torino" } } as const;
    queueing(() => grown, { redirectTo: to });
    expect((await post())?.goTo).toBe("/torino/firma?atti=a%2Cb&poi=%2Ftorino%2Fbeni");
    queueing(() => grown);
    expect((await post())?.goTo).toBe("/torino/firma?atti=a%2Cb&poi=%2Ftorino%2Fx");
    expect(request.drawnAgain).toBe(0);
  });

  it("for somebody else lead nowhere", async () => {
    queueing(() => treasurer);
    expect(await post()).toMatchObject({ done: "Fatto." });
  });
});

describe("a form without a script whose session is over", () => {
  const sent = (fields: Record<string, string> = {}) => ({
    ...{ text: "ciao", "form-id": "comment", "form-owner": ownerOf(grown) },
    ...fields,
  });
  beforeEach(async () => {
    await db.keptForm.deleteMany();
    Object.assign(request, { person: undefined, isFromScript: false });
  });

  it("waits, and signing in leads back to it", async () => {
    await expect(post(sent())).rejects.toMatchObject({
      digest: expect.stringContaining(";/accedi?da=%2Ftorino%2Fx&modulo=1;"),
    });
    expect(await db.keptForm.count()).toBe(1);
  });

  it("does not wait where the action says so, nor where its names are none of a form of the site", async () => {
    const there = { digest: expect.stringContaining(";/accedi?da=%2Ftorino%2Fx;") };
    await expect(post(sent(), { keptForSignIn: false })).rejects.toMatchObject(there);
    await expect(post(sent({ "a[99999]": "x" }))).rejects.toMatchObject(there);
    expect(await db.keptForm.count()).toBe(0);
  });

  it("is told why where anything else stands against it", async () => {
    Object.assign(request, { person: grown });
    request.session.level = 1;
    expect(await post()).toMatchObject({ code: "level_too_low", failure: errors.level_too_low });
  });
});
