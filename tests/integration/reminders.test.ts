import { beforeEach, expect, it } from "vitest";
import { tellReminders } from "@/features/notifications/reminder-service";
import { freshDatabase } from "./database";

process.env.KEY_ENCRYPTION_KEY = "5a".repeat(32);
const { db } = await freshDatabase();
const torino = "001272";

const now = new Date("2027-01-11T10:00:00Z");

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE chain.round, chain.call, chain.day, public."RollEntry", public."VoterKey",
    public."Proposal", public."Person", public."Event",
    public."Notification" CASCADE`;
  for (const [position, id] of ["giulia", "carlo"].entries()) {
    const fiscalNumberHash = String(position).repeat(64);
    await db.person.create({ data: { id, displayName: id, fiscalNumberHash } });
    await db.rollEntry.create({
      data: { municipality: torino, round: "r", position, fiscalNumberHash, salt: "0".repeat(64) },
    });
  }
  const key = { municipality: torino, round: "r", privateKeyEncrypted: new Uint8Array(1) };
  await db.voterKey.create({
    data: { ...key, person: "carlo", publicKey: "1".repeat(64), slot: 1, seq: 1 },
  });
});

it.each([
  ["open", ["giulia"]],
  ["sealed", ["carlo", "giulia"]],
])("of a vote of %s ballots that closes soon go once to %j", async (ballotKind, expected) => {
  await round(ballotKind, "open", "2027-01-12T18:00:00Z");
  await tellReminders(now);
  await tellReminders(new Date(now.getTime() + 3_600_000));
  expect(await reminded()).toEqual(expected);
  await tellReminders(new Date("2027-01-13T10:00:00Z"));
  expect(await reminded()).toEqual(expected);
});

it("of a vote that closes later, or was reconstructed, go to nobody", async () => {
  await round("open", "open", "2027-01-20T18:00:00Z");
  await tellReminders(now);
  expect(await reminded()).toEqual([]);
});

it("to check a secret vote go to everybody on the roll, whoever cast", async () => {
  await round("sealed", "closed", "2027-01-10T18:00:00Z");
  await tellReminders(now);
  expect(await reminded()).toEqual(["carlo", "giulia"]);
});

it("of a call that closes soon go to whoever has a draft, and not to whoever has submitted", async () => {
  const chain = { municipality: torino, record: {}, transactionId: "0".repeat(64), block: 1n };
  await db.chainDay.create({ data: { ...chain, id: "day", day: "2027-01-11" } });
  await db.chainCall.create({
    data: {
      ...{
        ...chain,
        id: "c",
        scopes: [],
        digest: "0".repeat(64),
        opensOn: "2027-01-01",
        closesOn: "2027-01-13",
      },
      ...{ threshold: 1, requiredScores: 1, maxCostCents: 1n, lines: [] },
    },
  });
  const draft = { municipality: torino, call: "c" };
  await db.proposal.create({ data: { ...draft, id: "d", slug: "d", author: "giulia" } });
  await db.proposal.create({ data: { ...draft, id: "e", slug: "e", author: "carlo", submittedAt: now } });
  await tellReminders(now);
  expect(await reminded()).toEqual(["giulia"]);
});

async function reminded(): Promise<string[]> {
  const rows = await db.notification.findMany({ where: { kind: "deadlines" }, orderBy: { person: "asc" } });
  return rows.map(({ person }) => person);
}

async function round(ballotKind: string, state: string, closesAt: string): Promise<void> {
  await db.chainRound.create({
    data: {
      ...{ municipality: torino, id: "r", call: "c", state, ballotKind, budgetCents: 1n, rollSize: 2 },
      ...{ frozenDigest: "0".repeat(64), opensOn: "2027-01-01", closesAt: new Date(closesAt) },
      ...{ requiredAttestations: 1, objectionDays: 1, openObjections: 0, reconstruction: false },
      ...{ record: {}, transactionId: "0".repeat(64), block: 1n },
    },
  });
}
