import { createHash, createPublicKey, randomBytes, randomUUID, verify } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { castBallot, type Desk } from "@/features/ballots/service";
import { freeSlot } from "@/features/ballots/slots-service";
import { introducePerson } from "@/features/people/service";
import { freezeRound } from "@/features/rounds/freeze-service";
import { attestRound } from "@/features/rounds/outcome-service";
import { RollTree } from "@/features/rounds/roll";
import { annulRound, openRound } from "@/features/rounds/service";
import { trialPeople } from "@/prisma/seed/trial-people";
import type { Actor } from "@/protocol/primitives";
import { openBallotBytes } from "@/protocol/signing";
import type { InputOf } from "@/protocol/transactions";
import { parseRule } from "@/voting/allocation/rule-spec";
import { freshDatabase } from "./database";

Object.assign(process.env, {
  KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
  LEDGER_CONNECTION: "no-such-connection.json",
});
const { db } = await freshDatabase();

const municipality = "001272";
const written = { transactionId: "e".repeat(64), block: 1n };
const officer: Actor = {
  ...{ municipality, person: "officer-1", organisation: "Comune", role: "responsible_officer" },
};
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
/** What the registrars and the casting service bring; nothing of it is sent anywhere here. */
const desk: Desk = {
  registrar: { person: "registrar-1", organisation: "Comune", role: "registrar" },
  cosign: async () => ({ cosigner: "case-key", cosignature: "AAAA" }),
  castingService: { person: "casting-1", organisation: "Comune", role: "casting_service" },
};
const find = (name: string) => {
  const person = trialPeople.find(({ givenName }) => givenName === name);
  if (!person) throw new Error(`nobody is called ${name}`);
  return person;
};

beforeAll(async () => {
  await db.municipality.create({
    data: { istatCode: municipality, slug: "torino", name: "Torino", lat: 45, lon: 7.6, active: true },
  });
});

describe("a ballot", () => {
  const cast = (person: string, round: string) =>
    castBallot({ municipality, person }, round, { choices: [1] }, desk, randomUUID());

  it("is taken of who is on the round's own roll, whatever other roll they are on", async () => {
    const person = await introducePerson(find("Giulia"));
    await roundOnLedger("round-own");
    await roundOnLedger("round-other");
    await expect(cast(person, "round-own")).rejects.toMatchObject({ code: "not_on_roll" });
    await onRoll(person, "round-other");
    await expect(cast(person, "round-own")).rejects.toMatchObject({ code: "not_on_roll" });
    expect(await db.outboxItem.count({ where: { subjectType: "ballot" } })).toBe(0);
    await onRoll(person, "round-own");
    await expect(cast(person, "round-own")).resolves.toMatchObject({ seq: 1 });
    await expect(cast(person, "round-own")).resolves.toMatchObject({ seq: 2 });
  });

  it("is asked for the age the round was frozen with, once the roll has been asked", async () => {
    const young = await introducePerson(find("Nina"));
    await roundOnLedger("round-16", { leastAge: 16 });
    await roundOnLedger("round-14", { leastAge: 14 });
    await expect(cast(young, "round-16")).rejects.toMatchObject({ code: "not_on_roll" });
    for (const round of ["round-16", "round-14"]) await onRoll(young, round);
    await expect(cast(young, "round-16")).rejects.toMatchObject({
      ...{ code: "under_age", params: { minimum: 16 } },
    });
    await expect(cast(young, "round-14")).resolves.toMatchObject({ seq: 1 });
  });
});

describe("a points ballot", () => {
  const ballot = { type: "points", least: 1, most: 1, points: { each: 3, total: 3 } };

  it("is signed with its points by the key made for the round", async () => {
    const person = await introducePerson(find("Giulia"));
    await roundOnLedger("round-points", { ballot });
    await onRoll(person, "round-points");
    const given = { choices: [1], points: [3] };
    await castBallot({ municipality, person }, "round-points", given, desk, randomUUID());
    const item = await db.outboxItem.findFirstOrThrow({
      where: { transaction: "rounds:cast", subjectId: { startsWith: "round-points/" } },
    });
    const [cast] = (item.input as unknown as InputOf<"rounds:cast">).ballots;
    expect(cast).toMatchObject(given);
    const { key = "", seq = 0, signature = "" } = cast ?? {};
    const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(key, "hex")]);
    const publicKey = createPublicKey({ key: spki, format: "der", type: "spki" });
    const bytes = openBallotBytes(municipality, "round-points", key, seq, [1], [3]);
    expect(verify(null, bytes, publicKey, Buffer.from(signature, "hex"))).toBe(true);
  });

  it("is not taken with more points than there are, nor without any", async () => {
    const person = await introducePerson(find("Giulia"));
    const give = (given: { choices: number[]; points?: number[] }) =>
      castBallot({ municipality, person }, "round-points", given, desk, randomUUID());
    await expect(give({ choices: [1], points: [4] })).rejects.toMatchObject({ code: "too_many_points" });
    await expect(give({ choices: [1] })).rejects.toMatchObject({ code: "points_differ" });
  });
});

describe("a place of the roll", () => {
  it("is one that nobody has, until none is left", async () => {
    const round = "round-places";
    const taken = new Set<number>();
    for (let count = 1; count <= 200; count += 1) {
      const slot = await freeSlot(db, municipality, round, 200);
      expect(slot).toBeGreaterThanOrEqual(1);
      expect(slot).toBeLessThanOrEqual(200);
      expect(taken).not.toContain(slot);
      taken.add(slot);
      await db.voterKey.create({
        data: {
          ...{ municipality, round, person: `voter-${count}`, publicKey: sha256(`key ${count}`), slot },
          privateKeyEncrypted: new Uint8Array([1]),
        },
      });
    }
    expect(taken.size).toBe(200);
    await expect(freeSlot(db, municipality, round, 200)).rejects.toMatchObject({ code: "roll_full" });
    // Another round's places are its own.
    await expect(freeSlot(db, municipality, "round-elsewhere", 1)).resolves.toBe(1);
  });
});

describe("freezing", () => {
  const projects = Array.from({ length: 51 }, (_, index) => `proposal-${index}`);

  it("limits choices by the district of what the projects are about", async () => {
    const proposals = ["proposal-a", "proposal-b", "proposal-c"];
    for (const [index] of proposals.entries())
      await db.commons.create({
        data: {
          ...{ municipality, id: `commons-${index}`, slug: `commons-${index}`, name: `Commons ${index}` },
          ...{ description: "", kind: "square", createdBy: officer.person, district: index === 2 ? 2 : 1 },
          salt: "0".repeat(64),
        },
      });
    await db.rollPerson.create({ data: { municipality, fiscalNumberHash: sha256("somebody") } });
    await draft("round-districts", proposals);
    await db.round.updateMany({ where: { id: "round-districts" }, data: { mostOfDistrict: 1, most: 2 } });
    await freezeRound(officer, "round-districts", randomUUID());
    const [freeze] = await itemsOf("round-districts");
    const ballot = { type: "approval", least: 1, most: 2, groups: [{ numbers: [1, 2], most: 1 }] };
    expect(freeze?.input).toMatchObject({ ballot });
    await db.chainProposal.deleteMany({ where: { id: { in: proposals } } });
    await db.rollPerson.deleteMany({ where: { municipality } });
  });

  it("copies the municipality's roll with new salts in the order of its tree, and brings a number to the draw", async () => {
    const people = Array.from({ length: 10_001 }, (_, index) => sha256(`fiscal number ${index}`));
    await db.rollPerson.createMany({
      data: [
        ...people.map((fiscalNumberHash) => ({ municipality, fiscalNumberHash })),
        { municipality: "001001", fiscalNumberHash: sha256("of another municipality") },
      ],
    });
    await draft("round-long", projects);
    await freezeRound(officer, "round-long", randomUUID());
    const entries = await db.rollEntry.findMany({
      where: { municipality, round: "round-long" },
      orderBy: { position: "asc" },
    });
    expect(entries.map(({ position }) => position)).toEqual(people.map((_, index) => index));
    expect(entries.map(({ fiscalNumberHash }) => fiscalNumberHash)).toEqual([...people].sort());
    expect(new Set(entries.map(({ salt }) => salt)).size).toBe(people.length);
    const tree = new RollTree();
    for (const entry of entries) tree.add(entry);
    const { drawNumber } = await db.round.findUniqueOrThrow({
      where: { municipality_id: { municipality, id: "round-long" } },
    });
    const items = await itemsOf("round-long");
    expect(items.map(({ transaction }) => transaction)).toEqual(["rounds:freeze", "rounds:place"]);
    expect(items[0]?.input).toMatchObject({
      ...{ rollSize: people.length, rollRoot: tree.root() },
      drawCommitment: sha256(drawNumber ?? ""),
    });
  });

  it("leaves admitted proposals of the call off the ballot by an act alone", async () => {
    await draft("round-short", projects.slice(0, 49));
    const act = {
      kind: "determina" as const,
      number: "1",
      date: "2026-01-01",
      body: "Ufficio",
      file: sha256("act"),
    };
    await freezeRound(officer, "round-short", randomUUID(), { act, reason: "Un'altra volta." });
    const [freeze] = await itemsOf("round-short");
    expect(freeze?.input).toMatchObject({ exclusion: { proposals: ["proposal-49", "proposal-50"], act } });
  });

  it("takes technical scores from the proposals' admission, whatever the draft says", async () => {
    await draft("round-scored", projects.slice(0, 2), {
      ...{ rule: "score-plus-votes", scores: { "1": "99", "2": "98" } },
    });
    await freezeRound(officer, "round-scored", randomUUID());
    const [freeze] = await itemsOf("round-scored");
    const { rule = "{}" } = (freeze?.input ?? {}) as { rule?: string };
    expect(JSON.parse(rule).scores).toEqual({ "1": "80", "2": "80.01" });
  });

  it("is followed by a draw of another organisation before the number is revealed", async () => {
    await roundOnLedger("round-long", { state: "frozen" });
    await openRound(officer, "round-long", randomUUID());
    const items = (await itemsOf("round-long")).slice(2);
    expect(items.map(({ transaction, organisation }) => [transaction, organisation])).toEqual([
      ["rounds:draw", "Garanti"],
      ["rounds:open", "Comune"],
    ]);
    const { drawNumber } = await db.round.findUniqueOrThrow({
      where: { municipality_id: { municipality, id: "round-long" } },
    });
    expect(items[1]?.input).toMatchObject({ reveal: drawNumber });
  });
});

describe("a result", () => {
  it("is attested only where the organisation's own count gave the recorded digest", async () => {
    await roundOnLedger("round-counted", { state: "counted", outcomeDigest: sha256("recorded") });
    const attest = (digest: string) => attestRound(officer, "round-counted", digest, randomUUID());
    await expect(attest(sha256("counted otherwise"))).rejects.toMatchObject({ code: "outcome_differs" });
    expect(await itemsOf("round-counted")).toEqual([]);
    await attest(sha256("recorded"));
    expect((await itemsOf("round-counted")).map(({ transaction }) => transaction)).toEqual(["rounds:attest"]);
  });

  it("that is final is not annulled", async () => {
    await roundOnLedger("round-final", { state: "final" });
    const act = {
      kind: "verbale" as const,
      number: "1",
      date: "2026-01-01",
      body: "Garanti",
      file: sha256("act"),
    };
    await expect(
      annulRound(officer, "round-final", { act, reason: "Perché sì." }, randomUUID()),
    ).rejects.toMatchObject({ code: "round_moved_on" });
  });
});

const itemsOf = (round: string) =>
  db.outboxItem.findMany({
    where: { municipality, subjectType: "round", subjectId: round },
    orderBy: { sequence: "asc" },
  });

async function onRoll(person: string, round: string): Promise<void> {
  const { fiscalNumberHash } = await db.person.findUniqueOrThrow({ where: { id: person } });
  const position = await db.rollEntry.count({ where: { municipality, round } });
  await db.rollEntry.create({
    data: { municipality, round, position, fiscalNumberHash: fiscalNumberHash ?? "", salt: "0".repeat(64) },
  });
}

/** A round as the projection would have written it. */
async function roundOnLedger(
  id: string,
  facts: { state?: string; leastAge?: number; outcomeDigest?: string; ballot?: object } = {},
): Promise<void> {
  const { state = "open", leastAge = 16, outcomeDigest = null } = facts;
  const { ballot = { type: "approval", least: 1, most: 1 } } = facts;
  const record = {
    ...{ municipality, id, rollSize: 10, leastAge, ballot },
    projects: [{ number: 1, proposal: "p", commons: "c", costCents: 1, digest: "d".repeat(64) }],
    draw: { commitment: "c".repeat(64) },
  };
  await db.chainRound.create({
    data: {
      ...{ ...written, municipality, id, call: "call-1", state, ballotKind: "open", budgetCents: 1n },
      ...{ rollSize: 10, frozenDigest: "f".repeat(64), opensOn: "2026-01-01", requiredAttestations: 2 },
      ...{ closesAt: new Date(Date.now() + 3_600_000), objectionDays: 0, openObjections: 0 },
      ...{ reconstruction: false, outcomeDigest, record },
    },
  });
}

/** A draft of a round over proposals that are admitted; all of the call are made the first time. */
async function draft(id: string, proposals: string[], rule: object = { rule: "greedy" }): Promise<void> {
  for (const [index, proposal] of proposals.entries())
    await db.chainProposal.upsert({
      where: { municipality_id: { municipality, id: proposal } },
      update: {},
      create: {
        ...{ ...written, municipality, id: proposal, call: "call-1", commons: `commons-${index}` },
        ...{ subject: "subject-1", representative: "somebody", state: "admitted", version: 1 },
        ...{ digest: sha256(proposal), costCents: 100n, submittedOn: "2026-01-02", score: 8000 + index },
        record: {},
      },
    });
  await db.round.create({
    data: {
      ...{ municipality, id, slug: id, call: "call-1", title: id, summary: id, createdBy: officer.person },
      ...{ ballotType: "approval", least: 1, most: 1, rule: parseRule(rule) as object, budgetCents: 100n },
      ...{ proposals, opensOn: "2026-01-10", closesAt: new Date("2026-01-20T20:00:00Z") },
    },
  });
}
