import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { trialPeople } from "@/prisma/seed/trial-people";
import { takeOffice } from "../register-rows";
import { formOf, request, serverActions } from "./request";
import { proposalOnLedger, settle, torino } from "./town";

const { db } = await serverActions();
const { savePreferences, eraseMe } = await import("@/features/people/actions");
const { endOwnSession, endOtherSessions } = await import("@/features/people/session-actions");
const { proposeOffice } = await import("@/features/register/actions");
const { writeComment } = await import("@/features/comments/actions");
const { introducePerson } = await import("@/features/people/service");
const { endSessionsOf, liveSession, sessionsOf, forgetSessions } = await import("@/lib/session");
const { log } = await import("@/lib/log");
const { removeOwnPicture, removePicture } = await import("@/features/pictures/actions");
const words = (await import("@/messages/it.json")).default.errors;

const [giulia, marco, amina] = trialPeople as [Trial, Trial, Trial];
type Trial = (typeof trialPeople)[number];
let resident: string;
let other: string;
let administrator: string;

const onProposal = { aboutType: "proposal", aboutId: "proposal-1" };

beforeAll(async () => {
  await settle(db);
  await proposalOnLedger(db, { id: "proposal-1", state: "published" });
  [resident, other, administrator] = [
    await introducePerson(giulia),
    await introducePerson(marco),
    await introducePerson(amina),
  ];
  await takeOffice(db, {
    ...{ person: administrator, municipality: torino, organisation: "Comune", role: "administrator" },
  });
});
beforeEach(() => {
  request.person = resident;
  request.session = { level: 2, minutesAgo: 0 };
});

const opened = async (person: string, fields: object = {}) => {
  const endsAt = new Date(Date.now() + 3600_000);
  const row = { id: randomUUID(), person, level: 2, authenticatedAt: new Date(), endsAt, ...fields };
  return (await db.session.create({ data: row })).id;
};
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);

describe("a session", () => {
  it("is good until it is ended, is not used for an hour, or its time is over", async () => {
    const id = await opened(resident);
    expect(await liveSession(id)).toMatchObject({ id, person: resident, level: 2 });
    await endSessionsOf(resident, { id });
    expect(await liveSession(id)).toBeUndefined();
    expect(await liveSession(await opened(resident, { seenAt: ago(61) }))).toBeUndefined();
    expect(await liveSession(await opened(resident, { endsAt: ago(1) }))).toBeUndefined();
    expect(await liveSession(randomUUID())).toBeUndefined();
  });

  it("stays while it is used, and not a moment longer than its time", async () => {
    const endsAt = new Date(Date.now() + 5000);
    const id = await opened(resident, { seenAt: ago(50), endsAt });
    expect(await liveSession(id)).toBeDefined();
    const row = await db.session.findUniqueOrThrow({ where: { id } });
    expect(row.seenAt.getTime()).toBeGreaterThan(ago(1).getTime());
    expect(row.endsAt).toEqual(endsAt);
  });

  it("is ended by its own person alone, who sees theirs and no others", async () => {
    await db.session.deleteMany();
    const [mine, theirs] = [await opened(resident), await opened(other)];
    expect((await sessionsOf(resident)).map(({ id }) => id)).toEqual([mine]);
    expect(await endOwnSession(undefined, formOf({ session: theirs }))).toMatchObject({
      failure: words.session_not_found,
    });
    expect(await liveSession(theirs)).toBeDefined();
    expect(await endOwnSession(undefined, formOf({ session: mine }))).toMatchObject({
      done: expect.any(String),
    });
    expect(await liveSession(mine)).toBeUndefined();
  });

  it("ends all the others of its person and stays itself", async () => {
    await db.session.deleteMany();
    const [before, theirs] = [await opened(resident), await opened(other)];
    await endOtherSessions(undefined, formOf({}));
    expect(await liveSession(before)).toBeUndefined();
    expect(await liveSession(theirs)).toBeDefined();
    // The one that the action was done in.
    expect(await sessionsOf(resident)).toHaveLength(1);
  });

  it("is forgotten a day after its time", async () => {
    const [old, recent] = [await opened(resident, { endsAt: ago(25 * 60) }), await opened(resident)];
    await forgetSessions();
    expect(await db.session.count({ where: { id: { in: [old, recent] } } })).toBe(1);
  });
});

describe("what weighs much", () => {
  it("asks who signed in long ago to sign in again, and keeps what was typed", async () => {
    request.person = administrator;
    request.session.minutesAgo = 31;
    const form = { person: "Nessuno Di Qui", role: "councillor" };
    const answer = await proposeOffice(undefined, formOf(form));
    expect(answer).toMatchObject({ code: "sign_in_again", failure: words.sign_in_again });
    expect(answer?.submission.initialValue).toMatchObject(form);
    request.session.minutesAgo = 29;
    expect(await proposeOffice(undefined, formOf(form))).not.toMatchObject({ code: "sign_in_again" });
  });

  it("is erasing oneself too", async () => {
    request.session.minutesAgo = 31;
    expect(await eraseMe(undefined, formOf({ confirm: "on" }))).toMatchObject({ code: "sign_in_again" });
    expect(await db.person.count({ where: { id: resident, erasedAt: null } })).toBe(1);
  });

  it("is not done after a weak way of signing in, though one's own settings are", async () => {
    request.session.level = 1;
    const comment = formOf({ ...onProposal, command: randomUUID(), text: "Un commento." });
    expect(await writeComment(undefined, comment)).toMatchObject({ code: "level_too_low" });
    expect(await savePreferences(undefined, formOf({ language: "it" }))).toMatchObject({
      done: expect.any(String),
    });
  });

  it("is not removing somebody else's photograph by office, though one's own goes", async () => {
    request.session.level = 1;
    const picture = randomUUID();
    await db.picture.create({
      data: {
        ...{
          id: picture,
          municipality: torino,
          aboutType: "municipality",
          aboutId: torino,
          uploadedBy: other,
        },
        ...{ alternativeText: "Una piazza", author: "Marco", takenOn: "2026-05-01", license: "CC0-1.0" },
        ...{ people: "none", consent: "", focus: "attention", variants: [] },
      },
    });
    const form = formOf({ picture, ground: "other" });
    request.person = administrator;
    expect(await removePicture(undefined, form)).toMatchObject({ code: "level_too_low" });
    expect(await removeOwnPicture(undefined, form)).toMatchObject({ code: "not_allowed" });
    expect(await db.picture.count({ where: { id: picture, removedAt: null } })).toBe(1);
    request.person = other;
    expect(await removeOwnPicture(undefined, form)).toMatchObject({ done: expect.any(String) });
  });
});

describe("what one person may do within an hour", () => {
  it("is bounded, says when it may go on, and is another count for another person", async () => {
    const write = (text: string) =>
      writeComment(undefined, formOf({ ...onProposal, command: randomUUID(), text }));
    const answers = [];
    for (let number = 1; number <= 21; number += 1) answers.push(await write(`Commento ${number}`));
    expect(answers.slice(0, 20).every((answer) => answer?.done)).toBe(true);
    expect(answers[20]).toMatchObject({
      code: "too_many_requests",
      failure: expect.stringMatching(/tra \d+ minuti/),
    });
    expect(answers[20]?.submission.initialValue).toMatchObject({ text: "Commento 21" });
    request.person = other;
    expect(await write("Un’altra persona")).toMatchObject({ done: expect.any(String) });
    request.person = resident;
    await db.rateCount.updateMany({ data: { resetAt: ago(1) } });
    expect(await write("Un’ora dopo")).toMatchObject({ done: expect.any(String) });
  });
});

describe("the log of security events", () => {
  it("names what happened and holds nothing that names a person", async () => {
    const lines: string[] = [];
    const spy = vi
      .spyOn(log, "info")
      .mockImplementation((...line: unknown[]) => void lines.push(JSON.stringify(line)));
    const proposed = { person: marco.fiscalNumber, role: "councillor" };
    request.person = administrator;
    await proposeOffice(undefined, formOf(proposed));
    request.person = resident;
    await proposeOffice(undefined, formOf({ ...proposed, person: "Giulia Ferrero" }));
    request.person = other;
    await endOwnSession(undefined, formOf({ session: await opened(other) }));
    spy.mockRestore();
    const events = lines.filter((line) => line.includes('"security"'));
    expect(events.map((line) => /"event":"(\w+)"/.exec(line)?.[1])).toEqual(["not_allowed", "session_ended"]);
    expect(events[1]).toContain(other);
    for (const person of [giulia, marco, amina])
      for (const secret of [person.fiscalNumber, person.familyName, person.givenName, person.birthDate])
        expect(lines.join("\n")).not.toContain(secret);
  });

  it("leaves out what was passed to it by mistake", async () => {
    const { securityEvent } = await import("@/lib/security-log");
    const lines: unknown[] = [];
    const spy = vi.spyOn(log, "info").mockImplementation((...line: unknown[]) => void lines.push(line));
    securityEvent("not_allowed", {
      person: "Giulia Ferrero",
      reason: giulia.fiscalNumber,
      action: "proposeOffice",
    });
    securityEvent("not_allowed", { person: "giulia@example.org", role: `x-${marco.fiscalNumber}` });
    spy.mockRestore();
    expect(lines).toEqual([
      [{ event: "not_allowed", action: "proposeOffice" }, "security"],
      [{ event: "not_allowed" }, "security"],
    ]);
  });
});
