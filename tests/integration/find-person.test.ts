import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { findPerson } from "@/features/people/person-service";
import { introducePerson } from "@/features/people/service";
import { trialPeople } from "@/prisma/seed/trial-people";
import { freshDatabase } from "./database";
import { official, project } from "./register-rows";

Object.assign(process.env, {
  KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
  // Nothing is there: the ledger cannot be reached.
  LEDGER_CONNECTION: "no-such-connection.json",
});
const { db } = await freshDatabase();

const torino = "001272";
const aglie = "001001";
const [giulia, marco] = trialPeople as [Trial, Trial];
type Trial = (typeof trialPeople)[number];

describe("finding a person to propose", () => {
  it("is by fiscal number, or by full name among who lives here or is in the register", async () => {
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
    await project(db, official(id, "Comune", aglie));
    expect(await findPerson(aglie, "Giulia Ferrero")).toMatchObject({ id });
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
