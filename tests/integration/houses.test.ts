import { randomBytes, randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { removeHouse, saveHousePlace } from "@/features/houses/place-service";
import { calendarEvents, houseDetails, houseHistory } from "@/features/houses/queries";
import {
  addHouseEvent,
  addHousePerson,
  cancelHouseEvent,
  removeHousePerson,
  saveHousePage,
} from "@/features/houses/service";
import type { Viewer } from "@/lib/permissions";
import { freshDatabase } from "./database";

Object.assign(process.env, {
  KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
});
const { db } = await freshDatabase();

const torino = "001272";
const house = "roccafranca";
const paolo = coordinator("paolo");
const page = { house, revision: 0, hours: "Lunedì 9–12", email: "", phone: "", text: "Una casa." };

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE public."House", public."HousePerson", public."HouseEvent", public."Meeting",
    public."HouseChange" CASCADE`;
  for (const id of ["paolo", "rita"])
    await db.person.upsert({ where: { id }, create: { id, displayName: id }, update: {} });
  await db.house.create({
    data: {
      municipality: torino,
      id: house,
      slug: house,
      name: "Roccafranca",
      address: "via Rubino 45",
      district: 2,
    },
  });
});

const happening = () => ({ command: randomUUID(), house, title: "Orti", place: "", text: "" });
const person = () => ({
  ...{ command: randomUUID(), house, name: "Ada Neri", task: "sportello", email: "", phone: "" },
  agreedOn: "2026-11-01",
});
/** Of a whole minute, as a form has it. */
const hour = (from: number) => new Date(Math.floor(Date.now() / 60_000) * 60_000 + from * 3600_000);

describe("the page of a house", () => {
  it("is written by its coordinators, keeps what was before, and says who changed it", async () => {
    await saveHousePage(paolo, torino, page);
    const { changes, seen } = await houseHistory(torino, house);
    expect(changes).toMatchObject([{ number: 1, kind: "page", by: "paolo" }]);
    await saveHousePage(paolo, torino, { ...page, revision: seen, hours: "" });
    expect(await db.house.findFirst()).toMatchObject({ hours: null, text: "Una casa." });
    const last = await db.houseChange.findFirst({ where: { number: 2 } });
    expect(last?.before).toMatchObject({ hours: "Lunedì 9–12" });
  });

  it("is not written over what somebody else wrote meanwhile", async () => {
    await saveHousePage(paolo, torino, page);
    await expect(saveHousePage(coordinator("rita"), torino, page)).rejects.toMatchObject({
      code: "house_changed_meanwhile",
    });
  });

  it("is nobody else's: not of another district, another municipality, or without an office", async () => {
    const strangers = [coordinator("rita", 3), { ...paolo, roles: [] }];
    for (const who of strangers)
      await expect(saveHousePage(who, torino, page)).rejects.toMatchObject({ code: "house_of_others" });
    await expect(saveHousePage(paolo, "001002", page)).rejects.toMatchObject({ code: "not_found" });
    expect(await db.houseChange.count()).toBe(0);
  });

  it("names people who agreed and keeps nothing of those who changed their mind", async () => {
    await addHousePerson(paolo, torino, person());
    const [named] = (await houseDetails(torino, house)).people;
    await removeHousePerson(paolo, torino, { house, id: named?.id ?? "" });
    expect((await houseDetails(torino, house)).people).toEqual([]);
    expect(JSON.stringify(await db.houseChange.findMany())).not.toContain("Ada");
    await expect(removeHousePerson(paolo, torino, { house, id: randomUUID() })).rejects.toMatchObject({
      code: "house_item_gone",
    });
  });

  it("takes what is sent twice once, and under the same command nothing else", async () => {
    const [named, event] = [person(), { ...happening(), startsAt: hour(1), endsAt: hour(2) }];
    for (let time = 0; time < 2; time++) {
      await addHousePerson(paolo, torino, named);
      await addHouseEvent(paolo, torino, event);
    }
    expect(await db.housePerson.count()).toBe(1);
    expect(await db.houseEvent.count()).toBe(1);
    const changes = await db.houseChange.findMany({ orderBy: { number: "asc" } });
    expect(changes.map(({ kind }) => kind)).toEqual(["person_added", "event_added"]);
    const reused = { code: "command_reused" };
    await expect(addHousePerson(paolo, torino, { ...named, name: "Ugo" })).rejects.toMatchObject(reused);
    for (const other of [{ title: "Altro" }, { endsAt: hour(3) }])
      await expect(addHouseEvent(paolo, torino, { ...event, ...other })).rejects.toMatchObject(reused);
  });

  it("shows events to come, and one that does not take place as cancelled", async () => {
    await addHouseEvent(paolo, torino, { ...happening(), startsAt: hour(1), endsAt: hour(2) });
    await addHouseEvent(paolo, torino, {
      ...happening(),
      title: "Ieri",
      startsAt: hour(-26),
      endsAt: hour(-25),
    });
    const [coming, ...more] = (await houseDetails(torino, house)).events;
    expect(more).toEqual([]);
    await cancelHouseEvent(paolo, torino, { house, id: coming?.id ?? "" });
    expect((await houseDetails(torino, house)).events).toMatchObject([
      { title: "Orti", cancelledAt: expect.any(Date) },
    ]);
  });

  it("leaves no event to come out of the calendar file, however many there were", async () => {
    const past = {
      ...{ municipality: torino, house, title: "Ieri", createdBy: "paolo" },
      place: "",
      text: "",
    };
    await db.houseEvent.createMany({
      data: Array.from({ length: 200 }, () => ({
        ...past,
        ...{ id: randomUUID(), startsAt: hour(-26), endsAt: hour(-25) },
      })),
    });
    await addHouseEvent(paolo, torino, { ...happening(), startsAt: hour(1), endsAt: hour(2) });
    const { title } = (await calendarEvents(torino, house)).at(-1) ?? expect.fail();
    expect(title).toBe("Orti");
  });
});

describe("the houses of a municipality", () => {
  const valeria: Viewer = { ...paolo, id: "valeria", roles: [] };
  const place = { name: "Casa Nuova", address: "via Po 1", district: null, lat: null, lon: null };
  const added = { ...place, house: "", revision: 0 };
  beforeAll(async () => {
    const where = { istatCode: torino };
    const town = { ...where, slug: "torino", name: "Torino", lat: 45.07, lon: 7.68, active: true };
    await db.municipality.upsert({ where, create: town, update: {} });
  });

  it("are added once however often the form is sent, and what changed is kept", async () => {
    await saveHousePlace(valeria, torino, added);
    await saveHousePlace(valeria, torino, added);
    expect(await db.house.count({ where: { name: "Casa Nuova" } })).toBe(1);
    const moved = { ...place, house: "casa-nuova", revision: 0, address: "via Po 2" };
    await saveHousePlace(valeria, torino, moved);
    await expect(saveHousePlace(valeria, torino, moved)).rejects.toMatchObject({
      code: "house_changed_meanwhile",
    });
    const changes = await db.houseChange.findMany({
      where: { house: "casa-nuova" },
      orderBy: { number: "asc" },
    });
    expect(changes.map(({ kind }) => kind)).toEqual(["added", "place"]);
    expect(changes[1]?.before).toMatchObject({ address: "via Po 1" });
  });

  it("take their coming meetings with them into another district", async () => {
    const meeting = {
      ...{ municipality: torino, aboutType: "house", district: 2, convenedBy: "paolo" },
      ...{ title: "Assemblea", language: "it", agenda: "Orti" },
    };
    const coming = { ...meeting, startsAt: hour(1), endsAt: hour(2) };
    await db.meeting.createMany({
      data: [
        { ...coming, id: randomUUID(), aboutId: house },
        { ...coming, id: randomUUID(), aboutId: "another" },
        { ...meeting, id: randomUUID(), aboutId: house, startsAt: hour(-2), endsAt: hour(-1) },
      ],
    });
    await saveHousePlace(valeria, torino, {
      ...{ ...place, house, revision: 0, name: "Roccafranca", district: 5 },
    });
    const moved = await db.meeting.findMany({ where: { district: 5 } });
    expect(moved).toMatchObject([{ aboutId: house, startsAt: expect.any(Date) }]);
    expect(await db.meeting.count({ where: { district: 2 } })).toBe(2);
  });

  it("do not share a name, however it is written", async () => {
    for (const name of ["Roccafranca", "ROCCAFRANCA"])
      await expect(saveHousePlace(valeria, torino, { ...added, name })).rejects.toMatchObject({
        fields: { name: "house_name_taken" },
      });
    await saveHousePlace(valeria, torino, { ...place, house, revision: 0, name: "roccafranca" });
    expect(await db.house.findMany({ select: { name: true } })).toEqual([{ name: "roccafranca" }]);
  });

  it("get an address on the web that none of them has or had", async () => {
    await saveHousePlace(valeria, torino, { ...added, name: "Casa—Nuova" });
    await removeHouse(valeria, torino, { house: "casa-nuova" });
    await saveHousePlace(valeria, torino, added);
    await saveHousePlace(valeria, torino, { ...added, name: "Casa, nuova" });
    const slugs = (await db.house.findMany({ orderBy: { slug: "asc" } })).map(({ slug }) => slug);
    expect(slugs).toEqual(["casa-nuova-2", "casa-nuova-3", house]);
  });

  it("lie within it", async () => {
    const places = [
      [{ lat: 7.68, lon: 45.07 }, "position_swapped"],
      [{ lat: 41.9, lon: 12.5 }, "position_outside"],
    ] as const;
    for (const [point, problem] of places)
      await expect(saveHousePlace(valeria, torino, { ...added, ...point })).rejects.toMatchObject({
        fields: { lat: problem },
      });
    await saveHousePlace(valeria, torino, { ...added, lat: 45.07, lon: 7.68 });
    expect(await db.house.count()).toBe(2);
  });

  it("are removed while nothing else speaks of them", async () => {
    await addHousePerson(paolo, torino, person());
    await expect(removeHouse(valeria, torino, { house })).rejects.toMatchObject({ code: "house_in_use" });
    await expect(removeHouse(valeria, "001002", { house })).rejects.toMatchObject({
      code: "house_not_found",
    });
    const [named] = (await houseDetails(torino, house)).people;
    await removeHousePerson(paolo, torino, { house, id: named?.id ?? "" });
    await removeHouse(valeria, torino, { house });
    expect(await db.house.count()).toBe(0);
    expect((await houseHistory(torino, house)).changes[0]).toMatchObject({ kind: "removed" });
  });
});

function coordinator(id: string, district?: number): Viewer {
  const role = {
    ...({ municipality: torino, organisation: "Case", role: "coordinator" } as const),
    ...(district !== undefined && { district }),
  };
  return { id, name: id, language: "it", roles: [role] };
}
