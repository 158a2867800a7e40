import { createHash, randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { trialPeople } from "@/prisma/seed/trial-people";
import { formOf, request, serverActions } from "./request";

const { db } = await serverActions();
const { writeComment } = await import("@/features/comments/actions");
const { adhere, withdrawAdhesion } = await import("@/features/proposals/engagement-actions");
const { daily } = await import("@/features/municipalities/daily-service");
const { introducePerson } = await import("@/features/people/service");
const { once } = await import("@/ledger/client/outbox/record");
const { intending } = await import("@/lib/intention");
const { todayInItaly } = await import("@/lib/local-time");
const { settle, proposalOnLedger } = await import("./town");

const torino = "001272";
const [giulia, marco] = trialPeople;
if (!giulia || !marco) throw new Error("there are no trial people");
let people: [string, string];

beforeAll(async () => {
  await settle(db);
  people = [await introducePerson(giulia), await introducePerson(marco)];
  await proposalOnLedger(db, { id: "proposal-1", state: "published" });
});
beforeEach(async () => {
  await db.outboxItem.deleteMany();
  [request.person] = people;
});

describe("an id that a browser chooses", () => {
  it("is never the id of what is queued: nobody takes the place of somebody else's intention, or of the server's", async () => {
    const command = randomUUID();
    for (const person of people) {
      request.person = person;
      expect(
        await adhere(undefined, formOf({ proposal: "proposal-1", command, kind: "time" })),
      ).toMatchObject({
        done: expect.any(String),
      });
    }
    const items = await db.outboxItem.findMany();
    expect(items.map(({ person }) => person).sort()).toEqual([...people].sort());
    expect(items.map(({ id }) => id)).not.toContain(command);
    expect(new Set(items.map(({ id }) => id)).size).toBe(2);
  });

  it("names one intention for one form: posted twice it is queued once, with another content it is refused", async () => {
    const first = formOf({ proposal: "proposal-1", command: randomUUID(), kind: "time", $ACTION_REF_1: "" });
    const again = formOf({ kind: "time", proposal: "proposal-1", command: String(first.get("command")) });
    const other = formOf({ kind: "support", proposal: "proposal-1", command: String(first.get("command")) });
    expect(await adhere(undefined, first)).toMatchObject({ done: expect.any(String) });
    expect(await adhere(undefined, again)).toMatchObject({ done: expect.any(String) });
    expect(await adhere(undefined, other)).toMatchObject({ failure: expect.stringContaining("già inviato") });
    expect(await db.outboxItem.findMany()).toMatchObject([{ input: { kind: "time" } }]);
  });

  it("is another one under another form of the same person", async () => {
    const command = randomUUID();
    await adhere(undefined, formOf({ proposal: "proposal-1", command, kind: "time" }));
    const withdrawn = await withdrawAdhesion(undefined, formOf({ proposal: "proposal-1", command }));
    expect(withdrawn).toMatchObject({ done: expect.any(String) });
    expect(await db.outboxItem.count()).toBe(2);
  });

  it("makes a comment once, and is refused for another text", async () => {
    const about = { aboutType: "proposal", aboutId: "proposal-1" };
    const fields = { ...about, command: randomUUID(), text: "Una panchina in più." };
    await writeComment(undefined, formOf(fields));
    expect(await writeComment(undefined, formOf(fields))).toMatchObject({ done: expect.any(String) });
    const other = await writeComment(undefined, formOf({ ...fields, text: "Due panchine." }));
    expect(other).toMatchObject({ failure: expect.stringContaining("già inviato") });
    expect(await db.comment.findMany({ select: { text: true } })).toEqual([{ text: "Una panchina in più." }]);
  });
});

describe("once", () => {
  it("takes a command as done only for the form that queued it", async () => {
    const form = formOf({ proposal: "proposal-1", command: randomUUID(), kind: "time" });
    await adhere(undefined, form);
    const { id, intention } = await db.outboxItem.findFirstOrThrow();
    const work = async () => expect.fail("it was done before");
    await intending({ id, digest: intention ?? "" }, () => once(id, work));
    const reused = { code: "command_reused" };
    await expect(once(id, work)).rejects.toMatchObject(reused);
    await expect(intending({ id, digest: "0".repeat(64) }, () => once(id, work))).rejects.toMatchObject(
      reused,
    );
  });
});

describe("what the server does by itself", () => {
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

  beforeEach(async () => {
    await db.chainDay.deleteMany();
    await db.chainDay.create({
      data: {
        municipality: torino,
        id: "day",
        day: yesterday,
        record: {},
        transactionId: "0".repeat(64),
        block: 1n,
      },
    });
  });

  it("is done though a resident has queued what would have been its id, for this day or any", async () => {
    const guessed = (text: string) => {
      const hex = createHash("sha256").update(text).digest("hex");
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    };
    for (let ahead = 0; ahead < 400; ahead += 100) {
      const day = new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
      await withdrawAdhesion(
        undefined,
        formOf({ proposal: "proposal-1", command: guessed(`day ${torino} ${day}`) }),
      );
    }
    await daily();
    expect(await days()).toMatchObject([{ status: "queued", input: { day: todayInItaly() } }]);
  });

  it("is asked for once while it is on its way, and again after it has failed", async () => {
    await Promise.all([daily(), daily()]);
    await daily();
    expect(await days()).toHaveLength(1);
    await failed(new Date());
    await daily();
    expect(await days()).toHaveLength(1);
    await failed(new Date(Date.now() - 3_600_000));
    await daily();
    expect(await days()).toMatchObject([{ status: "failed" }, { status: "queued" }]);
    await daily();
    expect(await days()).toHaveLength(2);
  });

  const days = () =>
    db.outboxItem.findMany({
      where: { transaction: "municipality:advanceDay" },
      orderBy: { sequence: "asc" },
    });
  const failed = (settledAt: Date) =>
    db.outboxItem.updateMany({
      where: { transaction: "municipality:advanceDay" },
      data: { status: "failed", errorCode: "conflict", settledAt },
    });
});
