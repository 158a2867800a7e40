import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { changeRoll } from "@/features/people/roll-service";
import { trialPeople } from "@/prisma/seed/trial-people";
import { freshDatabase } from "./database";

Object.assign(process.env, {
  KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
  // Nothing is there: the ledger cannot be reached.
  LEDGER_CONNECTION: "no-such-connection.json",
});
const { db } = await freshDatabase();

const torino = "001272";
const aglie = "001001";
const [giulia, marco, amina, luca] = trialPeople as [Trial, Trial, Trial, Trial];
type Trial = (typeof trialPeople)[number];

describe("the voters' roll", () => {
  const of = (...people: Trial[]) => people.map(({ fiscalNumber }) => fiscalNumber);

  it("grows by who is not on it yet, and says by how many", async () => {
    expect(await changeRoll(torino, of(giulia, marco), "add")).toEqual({ added: 2, removed: 0, total: 2 });
    expect(await changeRoll(torino, of(marco, amina), "add")).toEqual({ added: 1, removed: 0, total: 3 });
  });

  it("is replaced in its own municipality alone", async () => {
    await changeRoll(aglie, of(giulia), "add");
    expect(await changeRoll(torino, of(amina, luca), "replace")).toEqual({ added: 1, removed: 2, total: 2 });
    expect(await db.rollPerson.count({ where: { municipality: aglie } })).toBe(1);
  });

  it("holds nothing that can be read", async () => {
    const rows = await db.rollPerson.findMany();
    for (const { fiscalNumberHash } of rows) expect(fiscalNumberHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(rows)).not.toContain(amina.fiscalNumber);
  });
});
