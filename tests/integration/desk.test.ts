/** People at a desk as operators of two organisations see them: what each signs, and whom each sees alone. */
import { randomBytes } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { City } from "@/chaincode/testing/city";
import { people, torino } from "@/chaincode/testing/people";
import { id as round, withSealedVotes } from "@/chaincode/testing/sealed-story";
import { columns } from "@/ledger/client/projection/columns";
import type { Actor } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { deskCode } from "@/voting/sealed/desk-code";
import { personOf } from "@/voting/sealed/roll";
import { credentialVoucher, paperVoucher } from "@/voting/sealed/vouchers";
import { freshDatabase } from "./database";

Object.assign(process.env, {
  KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
});
const { db } = await freshDatabase();
const { enterSheets, openStation, seeDevice, seePerson, tellBalance } = await import(
  "@/features/desk/service"
);
const { deskNumbers } = await import("@/features/desk/queries");
const { waitingAtDesks } = await import("@/features/desk/waiting-queries");
const { sealedDuties } = await import("@/features/office/sealed-duties-queries");
const { fiscalNumberHash } = await import("@/lib/encryption");

const fiscalNumber = "RSSMRA85T10A562S";
const stations = ["casa-one", "casa-two"];
const station = "casa-one";
const place = { transactionId: "0".repeat(64), block: 7n };
const sentAt = new Date("2027-03-01T09:30:00Z");
const salt = "5a".repeat(32);
let city: City;
let freeze: Uint8Array;
const code = () => deskCode(freeze, new Uint8Array(32).fill(9));
const person = () => personOf(round, { fiscalHash: fiscalNumberHash(fiscalNumber), salt });

beforeAll(async () => {
  await db.rollEntry.create({
    data: {
      municipality: torino,
      round,
      position: 0,
      fiscalNumberHash: fiscalNumberHash(fiscalNumber),
      salt,
    },
  });
  const town = { istatCode: torino, slug: "torino", name: "Torino", lat: 45, lon: 7.7, active: true };
  await db.municipality.upsert({ where: { istatCode: torino }, create: town, update: {} });
  await db.house.create({
    data: {
      municipality: torino,
      id: station,
      slug: station,
      name: "Casa di prova",
      address: "Via 1",
    } as never,
  });
  await db.round.create({
    data: {
      ...{
        municipality: torino,
        id: round,
        slug: "votazione",
        call: "call",
        title: "Votazione",
        summary: "",
      },
      ...{ ballotType: "approval", least: 1, most: 2, rule: {}, budgetCents: 1n, proposals: [] },
      ...{ opensOn: "2027-03-01", closesAt: sentAt, createdBy: "officer" },
    } as never,
  });
  await db.chainTransaction.create({
    data: {
      ...{ block: place.block, index: 0, id: place.transactionId, code: 0, mspId: "ComuneMSP" },
      ...{ statedTime: sentAt, municipality: torino, day: "2027-03-01" },
    },
  });
});

beforeEach(async () => {
  city = await City.after(withSealedVotes);
  // Opened on the ledger: the application opens desks of rounds with one area alone.
  const delivered = [{ area: 1, sheets: 20 }];
  for (const station of stations)
    await city.submit(people.officer, "desk:openStation", { round, station, delivered });
  freeze = new Uint8Array(Buffer.from(city.record("round", round).frozenDigest, "hex"));
  await db.outboxItem.deleteMany();
  await show();
});

/** Writes the records of the desks into the tables, as the projection does. */
async function show(): Promise<void> {
  await Promise.all(
    [db.chainRound, db.chainSealing, db.chainStation, db.chainVoucher].map((one) =>
      (one as typeof db.chainVoucher).deleteMany(),
    ),
  );
  const { closesAt, ...rest } = columns.round(city.record("round", round)) as { closesAt: string };
  await db.chainRound.create({
    data: {
      ...{ municipality: torino, id: round, ...rest, closesAt: new Date(closesAt) },
      ...{ record: city.record("round", round), ...place },
    } as never,
  });
  const sealing = city.record("sealing", round);
  await db.chainSealing.create({
    data: {
      ...{ municipality: torino, id: round, ...columns.sealing(sealing) },
      ...{ record: sealing, ...place },
    } as never,
  });
  for (const record of city.state.all<RecordOf<"station">>(torino, "station"))
    await db.chainStation.create({
      data: {
        municipality: torino,
        id: `${round}/${record.id}`,
        ...columns.station(record),
        record,
        ...place,
      } as never,
    });
  for (const record of city.state.all<RecordOf<"voucher">>(torino, "voucher"))
    await db.chainVoucher.create({
      data: {
        municipality: torino,
        id: `${round}/${record.id}`,
        ...columns.voucher(record),
        record,
        ...place,
      } as never,
    });
}

/** Brings to the ledger what waits for it. */
async function carry(actor: Actor): Promise<string[]> {
  const waiting = await db.outboxItem.findMany({ orderBy: { sequence: "asc" } });
  for (const { transaction, input } of waiting) {
    const { command: _, ...rest } = input as Record<string, unknown>;
    await city.submit(actor, transaction as "desk:vouch", rest as never);
  }
  await db.outboxItem.deleteMany();
  await show();
  return waiting.map(({ transaction }) => transaction);
}

const see = (actor: Actor, of = code()) =>
  seeDevice(actor, round, station, fiscalNumber, of, crypto.randomUUID());

describe("a person with a device", () => {
  it("is seen by one, then by one of another organisation, and then may go on", async () => {
    expect(await see(people.coordinator)).toBe("vouched");
    expect(await carry(people.coordinator)).toEqual(["desk:vouch"]);
    expect(await see(people.coordinator)).toBe("waiting");
    expect(await db.outboxItem.count()).toBe(0);
    expect(await see(people.officer)).toBe("confirmed");
    expect(await carry(people.officer)).toEqual(["desk:confirmVoucher"]);
    expect(await see(people.guarantor)).toBe("complete");
    const voucher = Buffer.from(credentialVoucher(freeze, person(), code())).toString("hex");
    expect(city.record("voucher", round, voucher)).toMatchObject({
      ...{ purpose: "credential", state: "confirmed", station },
    });
    expect(await deskNumbers(torino, round)).toEqual([
      { house: "Casa di prova", paper: 0, credential: 1 },
      { house: "casa-two", paper: 0, credential: 0 },
    ]);
  });

  it("is another one with another device: a second operator signs what that one shows", async () => {
    await see(people.coordinator);
    await carry(people.coordinator);
    expect(await see(people.officer, deskCode(freeze, new Uint8Array(32).fill(8)))).toBe("vouched");
  });

  it("is vouched for anew at another Casa as long as only one has seen them", async () => {
    const at = (actor: Actor, where: string) =>
      seePerson(actor, round, where, fiscalNumber, crypto.randomUUID());
    expect(await at(people.coordinator, "casa-one")).toEqual({ step: "vouched" });
    await carry(people.coordinator);
    expect(await at(people.coordinator, "casa-two")).toEqual({ step: "vouched" });
    await carry(people.coordinator);
    expect(await at(people.officer, "casa-two")).toEqual({ step: "confirmed" });
    await carry(people.officer);
    await expect(at(people.officer, "casa-one")).rejects.toMatchObject({ code: "vouched_elsewhere" });
  });

  it("waits for a second operator in the queue of the other organisations, with the hour", async () => {
    await seePerson(people.coordinator, round, station, fiscalNumber, crypto.randomUUID());
    await carry(people.coordinator);
    expect(await waitingAtDesks(torino, round)).toEqual([
      { station, purpose: "paper", seenBy: "Case", people: 1, since: sentAt },
    ]);
    expect(await waitingAtDesks("015146", round)).toEqual([]);
    const [duty, ...others] = await sealedDuties(torino);
    expect(others).toEqual([]);
    expect(duty).toMatchObject({
      ...{ transaction: "desk:confirmVoucher", id: `${round}/${station}/Case`, startsAt: sentAt },
      ...{ title: "Votazione · Casa di prova", barred: [people.coordinator.person] },
      place: { page: "round", id: round, at: "desk" },
    });
    expect(duty?.audience).toContain("Comune:responsible_officer");
    expect(duty?.audience.filter((key) => key.startsWith("Case:"))).toEqual([]);
    await seePerson(people.officer, round, station, fiscalNumber, crypto.randomUUID());
    await carry(people.officer);
    expect(await waitingAtDesks(torino, round)).toEqual([]);
    expect(await sealedDuties(torino)).toEqual([]);
  });

  it("who is not on the roll is refused before anything is signed", async () => {
    const unknown = seeDevice(
      people.officer,
      round,
      station,
      "VRDLGI70A01L219P",
      code(),
      crypto.randomUUID(),
    );
    await expect(unknown).rejects.toMatchObject({ code: "not_on_the_roll" });
    expect(await db.outboxItem.count()).toBe(0);
  });

  it("has a voucher of its own beside the one for paper", async () => {
    await seePerson(people.coordinator, round, station, fiscalNumber, crypto.randomUUID());
    await see(people.coordinator);
    await carry(people.coordinator);
    const vouchers = city.state.all<RecordOf<"voucher">>(torino, "voucher").map(({ id }) => id);
    const both = [paperVoucher(freeze, person()), credentialVoucher(freeze, person(), code())];
    expect(vouchers.sort()).toEqual(both.map((one) => Buffer.from(one).toString("hex")).sort());
  });
});

describe("what does not add up is said before anybody signs, and nothing is queued", () => {
  const lines = { given: 0, spoiled: 0, unused: 20, lost: 0, cast: 0 };
  const tell = (changes: Partial<typeof lines>, incidents = "") =>
    tellBalance(people.coordinator, round, station, { ...lines, ...changes }, incidents, crypto.randomUUID());

  it.each([
    [
      "sheets that are nowhere",
      { unused: 19 },
      { code: "balance_open", params: { delivered: 20, found: 19 } },
    ],
    ["more in the box than were given", { cast: 1 }, { code: "balance_open" }],
    ["more given than people vouched for", { given: 1, unused: 19, cast: 1 }, { code: "not_vouched" }],
    ["one lost, and nobody says why", { lost: 1, unused: 19 }, { fields: { incidents: "incident_missing" } }],
  ])("%s", async (_, changes, expected) => {
    await expect(tell(changes)).rejects.toMatchObject(expected);
    expect(await db.outboxItem.count()).toBe(0);
  });

  it("a balance that adds up is queued with the digest of what happened", async () => {
    await tell({ lost: 1, unused: 19 }, "Una scheda è caduta.");
    const [item] = await db.outboxItem.findMany();
    expect(item).toMatchObject({
      transaction: "desk:tellBalance",
      input: { areas: [{ area: 1, ...lines, lost: 1, unused: 19 }], incidentsDigest: expect.any(String) },
    });
  });

  it("sheets are no more than the boxes held, and leave none that could not be entered", async () => {
    const [row] = await db.chainStation.findMany({ where: { station } });
    const record = row?.record as unknown as RecordOf<"station">;
    const balance = {
      areas: [{ area: 1, ...lines, given: 12, unused: 8, cast: 12 }],
      by: record.openedBy,
      on: "2027-03-02",
    };
    await db.chainStation.updateMany({
      where: { station },
      data: { record: { ...record, balance } as never },
    });
    const enter = (count: number) =>
      enterSheets(
        people.coordinator,
        round,
        1,
        Array.from({ length: count }, () => ({ choices: [1] })),
        crypto.randomUUID(),
      );
    await expect(enter(11)).rejects.toMatchObject({ code: "too_few_sheets", params: { left: 1 } });
    await expect(enter(13)).rejects.toMatchObject({
      code: "sheets_exceed",
      params: { cast: 12, entered: 13 },
    });
    expect(await db.outboxItem.count()).toBe(0);
    await enter(12);
    expect(await db.outboxItem.count()).toBe(1);
  });
});

describe("a desk is opened", () => {
  const open = () => openStation(people.officer, round, station, 20, crypto.randomUUID());

  it("not where the vote is divided into several areas: everybody there would be put into the first", async () => {
    expect(city.record("sealing", round).areas.length).toBeGreaterThan(1);
    await expect(open()).rejects.toMatchObject({ code: "desk_of_several_areas" });
    expect(await db.outboxItem.count()).toBe(0);
  });

  it("where the whole municipality is one", async () => {
    const sealing = city.record("sealing", round);
    const record = { ...sealing, areas: sealing.areas.slice(0, 1) };
    await db.chainSealing.updateMany({ where: { id: round }, data: { record: record as never } });
    await open();
    expect(await db.outboxItem.findMany()).toMatchObject([
      { transaction: "desk:openStation", input: { station, delivered: [{ area: 1, sheets: 20 }] } },
    ]);
  });
});
