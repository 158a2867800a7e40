import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { rolesIn } from "@/features/people/office-queries";
import { type Administrator, endRole, findPerson } from "@/features/people/roles-service";
import { changeRoll } from "@/features/people/roll-service";
import { giveRole, introducePerson } from "@/features/people/service";
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

describe("finding a person to give a role to", () => {
  it("is by fiscal number, or by full name among who lives or works here", async () => {
    const id = await introducePerson(giulia);
    expect(await findPerson(torino, `${giulia.fiscalNumber.toLowerCase()} `)).toEqual({
      ...{ id, name: "Giulia Ferrero" },
    });
    expect(await findPerson(torino, "giulia  FERRERO")).toMatchObject({ id });
    await expect(findPerson(torino, "Giulia")).rejects.toMatchObject({
      fields: { person: "person_unknown" },
    });
    await expect(findPerson(aglie, "Giulia Ferrero")).rejects.toMatchObject({
      fields: { person: "person_unknown" },
    });
    expect(await findPerson(aglie, giulia.fiscalNumber)).toMatchObject({ id });
  });

  it("asks for the number where two have one name, and for the right number", async () => {
    await introducePerson({ ...marco, givenName: "Giulia", familyName: "Ferrero" });
    await expect(findPerson(torino, "Giulia Ferrero")).rejects.toMatchObject({
      fields: { person: "person_ambiguous" },
    });
    const wrong = giulia.fiscalNumber.slice(0, 15) + (giulia.fiscalNumber.endsWith("A") ? "B" : "A");
    await expect(findPerson(torino, wrong)).rejects.toMatchObject({
      fields: { person: "fiscal_number_wrong" },
    });
  });

  it("takes no wildcard for a name", async () => {
    for (const typed of ["%", "Giulia _errero", "*"])
      await expect(findPerson(torino, typed)).rejects.toMatchObject({ fields: { person: "person_unknown" } });
  });
});

describe("ending a role", () => {
  it("gives it an end and keeps it; only its own organisation can, in its municipality", async () => {
    const by = await administrator(amina);
    const person = await introducePerson(luca);
    await giveRole({ person, municipality: torino, organisation: "Comune", role: "treasurer" });
    const row = await db.roleAssignment.findFirstOrThrow({ where: { person } });
    await expect(endRole({ ...by, organisation: "Garanti" }, row.id)).rejects.toMatchObject({
      code: "role_not_yours",
    });
    await expect(endRole({ ...by, municipality: aglie }, row.id)).rejects.toMatchObject({
      code: "role_not_found",
    });
    expect((await rolesIn(torino)).active.map(({ id }) => id)).toContain(row.id);
    await endRole(by, row.id);
    const { active, ended } = await rolesIn(torino);
    expect(active.map(({ id }) => id)).not.toContain(row.id);
    expect(ended).toMatchObject([{ id: row.id, name: "Luca Gallo" }]);
    const { until } = await db.roleAssignment.findUniqueOrThrow({ where: { id: row.id } });
    await endRole(by, row.id);
    expect((await db.roleAssignment.findUniqueOrThrow({ where: { id: row.id } })).until).toEqual(until);
  });

  it("is not for one's own administration", async () => {
    const by = await administrator(amina);
    const own = await db.roleAssignment.findFirstOrThrow({
      where: { person: by.person, role: "administrator" },
    });
    await expect(endRole(by, own.id)).rejects.toMatchObject({ code: "own_administration" });
  });

  it("leaves each organisation somebody who administers, also when two end each other's role at once", async () => {
    const where = { municipality: aglie, organisation: "Garanti", role: "administrator" } as const;
    const people = [await introducePerson(amina), await introducePerson(luca)];
    for (const person of people) await giveRole({ ...where, person });
    const rows = await db.roleAssignment.findMany({ where });
    const end = (person: string, id: string) =>
      endRole({ municipality: aglie, organisation: "Garanti", person }, id);
    const roleOf = (person: string | undefined) => rows.find((row) => row.person === person)?.id ?? "";
    const [one = "", other = ""] = people;
    const outcomes = await Promise.allSettled([end(one, roleOf(other)), end(other, roleOf(one))]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "last_administrator" },
    });
    expect(await db.roleAssignment.count({ where: { ...where, until: null } })).toBe(1);
  });

  async function administrator(trial: Trial): Promise<Administrator> {
    const person = await introducePerson(trial);
    await giveRole({ person, municipality: torino, organisation: "Comune", role: "administrator" });
    return { municipality: torino, organisation: "Comune", person };
  }
});

describe("giving a role", () => {
  const here = { municipality: aglie, organisation: "Comune" } as const;

  it("is never to oneself", async () => {
    const person = await introducePerson(giulia);
    await expect(giveRole({ ...here, person, role: "treasurer", givenBy: person })).rejects.toMatchObject({
      code: "own_role",
    });
    expect(await db.roleAssignment.count({ where: { person, municipality: aglie } })).toBe(0);
  });

  it("is refused beside a role that checks it, in that municipality, also when two are given at once", async () => {
    const person = await introducePerson(marco);
    const given = await Promise.allSettled([
      giveRole({ ...here, person, role: "treasurer" }),
      giveRole({ ...here, person, role: "responsible_officer" }),
      giveRole({ ...here, organisation: "Garanti", person, role: "guarantor" }),
    ]);
    expect(given.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of given)
      if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "roles_incompatible" });
    const [held] = await db.roleAssignment.findMany({ where: { person, municipality: aglie } });
    const other = held?.role === "treasurer" ? "councillor" : "treasurer";
    await expect(giveRole({ ...here, person, role: other })).rejects.toMatchObject({
      code: "roles_incompatible",
    });
    await giveRole({ ...here, municipality: torino, person, role: other });
    await db.roleAssignment.updateMany({
      where: { person, municipality: aglie },
      data: { until: new Date(0) },
    });
    await giveRole({ ...here, person, role: other });
  });
});

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
