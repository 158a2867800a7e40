import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { forgetDone, lastDone, rememberDone } from "@/features/office/done-service";
import { assignDuty, dutyRevisions, setProtocolNumber } from "@/features/office/duty-service";
import { ownWaiting, waitingFor } from "@/features/office/queries";
import { queueOf } from "@/features/office/queue";
import { colleaguesFor, dutyAfter, dutyOf, historyOf, queueFor } from "@/features/office/queue-queries";
import { personalExport } from "@/features/people/export-queries";
import { ownStuck } from "@/features/register/stuck-queries";
import type { RoleHeld, Viewer } from "@/lib/permissions";
import { freshDatabase } from "./database";
import { dayOf, foundedTorino, office, official, project, torino } from "./register-rows";

Object.assign(process.env, {
  KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
  LEDGER_CONNECTION: "no-such-connection.json",
});
vi.stubEnv("ORIGIN", "http://localhost:3000");
const { db } = await freshDatabase();

/** The cookies of one browser. */
const jar = new Map<string, string>();
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => (jar.has(name) ? { value: jar.get(name) } : undefined),
    set: (name: string, value: string) => jar.set(name, value),
    delete: (name: string) => jar.delete(name),
  }),
}));

const people = ["anna", "bruno", "carla", "dario"];
const officer = viewer("anna", "responsible_officer");
const colleague = viewer("bruno", "responsible_officer");
const treasurer = viewer("carla", "treasurer");

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE chain.municipality, chain.day, chain.official, chain.office, chain.passkey,
    public."Duty", public."DutyIndex", public."DutyAssignment", public."ProtocolNumber"`;
  const where = { istatCode: torino };
  const town = { ...where, slug: "torino", name: "Torino", lat: 45, lon: 7.7, active: true };
  await db.municipality.upsert({ where, create: town, update: {} });
  for (const id of people)
    await db.person.upsert({ where: { id }, create: { id, displayName: id }, update: {} });
  await project(
    db,
    foundedTorino(),
    dayOf("2026-03-15"),
    official("anna", "Comune"),
    office("anna", "Comune", "responsible_officer"),
    official("bruno", "Comune"),
    office("bruno", "Comune", "responsible_officer"),
    official("carla", "Comune"),
    office("carla", "Comune", "treasurer"),
  );
  // From here on the rows are those of this block and day: what is written below stays.
  await waitingFor(torino, officer);
});

describe("the queue of an office", () => {
  it("is paged by the database, and no duty is on two pages", async () => {
    await duties(60, (n) => ({ since: `2026-01-${String((n % 28) + 1).padStart(2, "0")}` }));
    const pages = await Promise.all([1, 2, 3].map((page) => queue({ pagina: String(page) })));
    expect(pages.map(({ items }) => items.length)).toEqual([25, 25, 10]);
    expect(new Set(pages.flatMap(({ items }) => items.map(({ id }) => id))).size).toBe(60);
    expect((await queue({ pagina: "9999" })).page).toBe(3);
    const days = pages.flatMap(({ items }) => items.map(({ since }) => since));
    expect(days).toEqual([...days].sort());
  });

  it("holds what an office may do, not what others may and what somebody is barred from", async () => {
    await duty("ours");
    await duty("theirs", { audience: ["Comune:treasurer"] });
    await duty("elsewhere", { municipality: "001002" });
    await duty("barred", { barred: ["anna"] });
    await duty("later", { startsAt: new Date(Date.now() + 3600_000) });
    await duty("own", { audience: ["person:anna"] });
    expect(ids(await queue({}))).toEqual(["ours", "own"]);
    expect((await ownWaiting(torino, officer)).items.map(({ id }) => id)).toEqual(["own"]);
    expect(ids(await queueFor(torino, treasurer, queueOf({}, "it")))).toEqual(["theirs"]);
  });

  it("is narrowed by each filter and by all of them, and sorted by what the address says", async () => {
    const of = { kind: "payment", dueOn: "2026-03-01", district: 3, amountCents: 500_000n };
    await duty("all", { ...of, title: "Orto di via Lagrange" });
    await duty("early", { ...of, title: "Orto", dueOn: "2026-04-01" });
    await duty("small", { ...of, title: "Orto", amountCents: 100n });
    await duty("far", { ...of, title: "Orto", district: 4 });
    await duty("pact", { ...of, title: "Orto", kind: "pact" });
    await duty("other", { ...of, title: "Cortile 100%_" });
    const every = { q: "orto", tipo: "payments", circoscrizione: "3", ritardo: "1", da: "5.000" };
    expect(ids(await queue(every))).toEqual(["all"]);
    expect(await queue(every)).toMatchObject({ count: 1, whole: 6, late: 5, districts: [3, 4] });
    expect(ids(await queue({ q: "0%_" }))).toEqual(["other"]);
    expect(ids(await queue({ q: "%" }))).toEqual(["other"]);
    expect(ids(await queue({ ordina: "amount" }))[0]).toBe("small");
    expect(ids(await queue({ ordina: "due", verso: "descending" }))[0]).toBe("early");
  });

  it("finds a paper of a party under its pact", async () => {
    await duty("paper", { kind: "paper" });
    await duty("pact", { kind: "pact" });
    await duty("office", { kind: "office" });
    expect(ids(await queue({ tipo: "pacts" }))).toEqual(["pact", "paper"]);
  });

  it("leads from a duty to the one that stands after it, past what is on its way, and then to the first", async () => {
    for (const id of ["a", "b", "c", "d"]) await duty(id, { since: `2026-01-0${id.charCodeAt(0) - 96}` });
    await db.outboxItem.create({
      data: {
        ...{ id: "00000000-0000-4000-8000-00000000000c", municipality: torino, person: "bruno" },
        ...{ organisation: "Comune", role: "responsible_officer", by: "act", status: "to_sign" },
        ...{ transaction: "payments:check", input: { id: "c" }, subjectType: "payment", subjectId: "c" },
      },
    });
    const following = async (record: string, query = {}) => {
      // As the browser holds it, with what is said of it besides.
      const done = { transaction: "payments:check", record, title: "Fatto", acts: 1, queue: "" };
      return (
        await dutyAfter(torino, officer, {
          queue: queueOf(query, "it"),
          done,
        })
      )?.id;
    };
    expect(await following("a")).toBe("b");
    expect(await following("b")).toBe("d");
    expect(await following("d")).toBe("a");
    expect(await following("gone")).toBe("a");
    expect(await following("a", { q: "nothing" })).toBeUndefined();
    expect((await queue({})).items.map(({ isOnItsWay }) => isOnItsWay)).toEqual([false, false, true, false]);
    await db.outboxItem.deleteMany({});
  });
});

describe("what was done last", () => {
  const id = "00000000-0000-4000-8000-00000000000d";
  beforeEach(async () => {
    jar.clear();
    await db.outboxItem.deleteMany({});
    await db.outboxItem.create({
      data: {
        ...{ id, municipality: torino, person: "anna", organisation: "Comune", role: "responsible_officer" },
        ...{ by: "act", status: "queued", transaction: "payments:check", input: { id: "one" } },
        ...{ subjectType: "payment", subjectId: "one" },
      },
    });
    await duty("one");
  });

  it("is told to whoever did it, until they put it away, and not to who signs in next in the same browser", async () => {
    await rememberDone(officer, torino, { ids: [id], path: "/torino/ufficio?coda=q%3Done" });
    expect(await lastDone(officer, torino)).toMatchObject({ record: "one", title: "one", queue: "q=one" });
    expect(await lastDone(officer, "001002")).toBeUndefined();
    expect(await lastDone(colleague, torino)).toBeUndefined();
    await forgetDone();
    expect(await lastDone(officer, torino)).toBeUndefined();
  });

  it("is told whatever the address says that signing led on to", async () => {
    await rememberDone(officer, torino, { ids: [id], path: "http://[" });
    expect(await lastDone(officer, torino)).toMatchObject({ record: "one", queue: "" });
  });
});

describe("a duty", () => {
  const of = { transaction: "payments:check", record: "one" };

  it("is given to colleagues who may do it and to nobody else, and every change says who made it", async () => {
    await duty("one", { barred: ["dario"] });
    expect((await colleaguesFor(torino, of)).map(({ id }) => id)).toEqual(["anna", "bruno"]);
    await assignDuty(officer, torino, { of, assignee: "bruno", revision: 0 });
    expect(ids(await queueFor(torino, colleague, queueOf({ miei: "1" }, "it")))).toEqual(["one"]);
    expect(ids(await queue({ miei: "1" }))).toEqual([]);
    await expect(assignDuty(officer, torino, { of, assignee: "carla", revision: 1 })).rejects.toMatchObject({
      code: "assignee_may_not",
    });
    await expect(assignDuty(treasurer, torino, { of, assignee: "anna", revision: 1 })).rejects.toMatchObject({
      code: "duty_not_found",
    });
    await assignDuty(colleague, torino, { of, assignee: null, revision: 1 });
    const { assignments } = await historyOf(torino, of);
    expect(assignments).toMatchObject([{ by: "bruno" }, { by: "anna", assignee: "bruno" }]);
    expect((await dutyOf(torino, officer, of))?.item.assignee).toBeUndefined();
  });

  it("is not taken from under somebody who was quicker", async () => {
    await duty("one");
    const both = await Promise.allSettled(
      [officer, colleague].map((who) => assignDuty(who, torino, { of, assignee: who.id, revision: 0 })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await db.dutyAssignment.count({ where: { supersededAt: null } })).toBe(1);
    expect(await dutyRevisions(torino, of)).toEqual({ assignment: 1, number: 0 });
  });

  it("has the number of its record in the Comune's register, found by search and kept with its history", async () => {
    await duty("one");
    await duty("two");
    await setProtocolNumber(officer, torino, { of, number: "12345/2026", revision: 0 });
    await setProtocolNumber(colleague, torino, { of, number: "12346/2026", revision: 1 });
    expect(ids(await queue({ q: "12346" }))).toEqual(["one"]);
    expect(ids(await queue({ q: "12345" }))).toEqual([]);
    const { numbers } = await historyOf(torino, of);
    expect(numbers).toMatchObject([
      { by: "bruno", number: "12346/2026" },
      { by: "anna", number: "12345/2026" },
    ]);
    await expect(
      setProtocolNumber(officer, torino, { of, number: "1/2026", revision: 1 }),
    ).rejects.toMatchObject({ code: "numbered_meanwhile" });
    expect(JSON.stringify(await personalExport("anna"))).toContain("12345/2026");
  });
});

describe("what nobody can do", () => {
  const written = { transactionId: "0".repeat(64), block: 1n };
  beforeEach(async () => {
    await db.chainProposal.deleteMany();
    await db.pact.deleteMany();
    await db.chainProposal.create({
      data: {
        ...{ ...written, municipality: torino, id: "orti", commons: "orti", call: "call" },
        ...{ representative: "dario", subject: "subject", state: "funded", version: 1, costCents: 1n },
        ...{ digest: "0".repeat(64), submittedOn: "2026-01-02", record: {} },
      },
    });
    await db.pact.create({
      data: {
        ...{ municipality: torino, id: "pact", slug: "patto-orti", proposal: "orti", commons: "orti" },
        ...{
          title: "Orti",
          form: "ordinary",
          startsOn: "2026-01-01",
          endsOn: "2027-01-01",
          createdBy: "anna",
        },
      },
    });
    await duty("own-payment", { place: { page: "pact", slug: "patto-orti" } });
    await duty("own-design", { transaction: "pacts:draft", place: { page: "coDesign", id: "orti" } });
    await duty("others", { place: { page: "pact", slug: "patto-altrui" } });
  });

  it("is told to whoever proposed it, and nothing of what others wait for", async () => {
    const proponent = { ...officer, id: "dario", roles: [] };
    const told = await ownStuck(torino, proponent);
    expect(told?.items.map(({ id }) => id).sort()).toEqual(["own-design", "own-payment"]);
    expect(told?.vacant).toContainEqual({ organisation: "Comune", role: "responsible_officer" });
    expect(await ownStuck("001002", proponent)).toBeUndefined();
    expect(await ownStuck(torino, { ...proponent, id: "bruno" })).toBeUndefined();
  });

  it("is no longer told once somebody in office has a key that counts", async () => {
    await db.chainPasskey.create({
      data: {
        ...{ ...written, municipality: torino, id: "key", person: "anna", organisation: "Comune" },
        ...{ credential: "AAEC", algorithm: -7, rpId: "localhost", trial: true, record: {} },
        ...{ state: "counting", countsFrom: "2026-03-01" },
      },
    });
    expect((await ownStuck(torino, { ...officer, id: "dario", roles: [] }))?.items).toEqual([]);
  });
});

function viewer(id: string, role: RoleHeld["role"]): Viewer {
  const roles = [{ municipality: torino, organisation: "Comune", role }] as const;
  return { id, name: id, language: "it", roles };
}

function queue(query: Record<string, string>) {
  return queueFor(torino, officer, queueOf(query, "it"));
}

function ids({ items }: { items: readonly { id: string }[] }): string[] {
  return items.map(({ id }) => id);
}

async function duties(count: number, more: (n: number) => object): Promise<void> {
  for (let n = 0; n < count; n += 1) await duty(`duty-${n}`, more(n));
}

async function duty(record: string, more: object = {}): Promise<void> {
  await db.duty.create({
    data: {
      ...{ municipality: torino, transaction: "payments:check", record, kind: "payment", title: record },
      ...{ since: "2026-02-01", place: { page: "pact", slug: "patto" }, barred: [] },
      audience: ["Comune:responsible_officer"],
      ...more,
    },
  });
}
