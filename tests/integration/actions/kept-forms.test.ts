import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { trialPeople } from "@/prisma/seed/trial-people";
import { formOf, serverActions } from "./request";
import { settle } from "./town";

const { db } = await serverActions();
const jar = new Map<string, string>();
vi.doMock("next/headers", () => ({
  headers: async () => new Headers(),
  cookies: async () => ({
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    getAll: () => [...jar].map(([name, value]) => ({ name, value })),
    set: (name: string, value: string) => jar.set(name, value),
  }),
}));
const { forgetKeptForms, keepForm, keptFormFor, ownerOf } = await import("@/lib/kept-form");
const { introducePerson } = await import("@/features/people/service");
const { erasePerson } = await import("@/features/people/erasure-service");

const [giulia, marco] = trialPeople as [Trial, Trial];
type Trial = (typeof trialPeople)[number];
let person: string;
let other: string;

beforeAll(() => settle(db));
beforeEach(async () => {
  jar.clear();
  await db.keptForm.deleteMany();
  [person, other] = [await introducePerson(giulia), await introducePerson(marco)];
});

const sent = (owner: string) => formOf({ "form-id": "comment", "form-owner": owner, text: "Un commento." });
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);

describe("a form that waits for its person", () => {
  it("is theirs alone, in the same browser, on the same page", async () => {
    expect(await keepForm(sent(ownerOf(person)), "/torino/x?a=b")).toBe(true);
    expect((await keptFormFor(person, "/torino/x"))?.submission.initialValue).toEqual({
      text: "Un commento.",
    });
    expect(await keptFormFor(other, "/torino/x")).toBeUndefined();
    expect(await keptFormFor(person, "/torino/y")).toBeUndefined();
    jar.clear();
    expect(await keptFormFor(person, "/torino/x")).toBeUndefined();
  });

  it("says in the database neither whose nor what it is", async () => {
    await keepForm(sent(ownerOf(person)), "/torino/x");
    const row = await db.keptForm.findFirstOrThrow();
    expect(Buffer.from(row.sealed).toString("latin1")).not.toContain("commento");
    expect(JSON.stringify(row)).not.toContain(person);
    expect([...jar.values()]).not.toContain(row.key);
  });

  it("is not kept for a name that the site never gave, and five at the most for one it did", async () => {
    const owner = ownerOf(person);
    expect(await keepForm(sent("0".repeat(64)), "/torino/x")).toBe(false);
    expect(await keepForm(sent(owner.slice(0, 32) + ownerOf(other).slice(32)), "/torino/x")).toBe(false);
    for (let turn = 0; turn < 7; turn += 1) await keepForm(sent(owner), "/torino/x");
    expect(await db.keptForm.count()).toBe(5);
  });

  it("is forgotten after half an hour, whether anybody leaves another or not", async () => {
    await keepForm(sent(ownerOf(person)), "/torino/x");
    await forgetKeptForms();
    expect(await db.keptForm.count()).toBe(1);
    await db.keptForm.updateMany({ data: { createdAt: ago(31) } });
    expect(await keptFormFor(person, "/torino/x")).toBeUndefined();
    await forgetKeptForms();
    expect(await db.keptForm.count()).toBe(0);
  });

  it("goes with the person when they are erased, and nobody else's", async () => {
    await keepForm(sent(ownerOf(person)), "/torino/x");
    await keepForm(sent(ownerOf(other)), "/torino/x");
    await erasePerson(person);
    expect(await db.keptForm.findMany({ select: { owner: true } })).toEqual([{ owner: ownerOf(other) }]);
  });
});
