import { describe, expect, it } from "vitest";
import { submissionOf } from "@/protocol/acts/roles";
import { type Role, roleOrganisations } from "@/protocol/primitives";
import { trialMunicipalities, trialPeople } from "./trial-people";
import { trialVoters } from "./trial-voters";

const oddValues = "BAKPLCQDREVOSFTGUHMINJWZYX";

/** The check letter of an Italian fiscal number (D.M. 23 December 1976). */
function checkLetter(fiscalNumber: string): string {
  const sum = [...fiscalNumber.slice(0, 15)].reduce((total, character, index) => {
    const value = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65;
    return total + (index % 2 === 0 ? oddValues.indexOf(String.fromCharCode(65 + value)) : value);
  }, 0);
  return String.fromCharCode(65 + (sum % 26));
}

const everybody = [...trialPeople, ...trialVoters];

describe("people of the trial provider", () => {
  it("have fiscal numbers that are well formed, all different, and of a place that does not exist", () => {
    for (const { fiscalNumber } of everybody) {
      expect(fiscalNumber).toMatch(/^[A-Z]{6}\d\d[A-EHLMPRST]\d\dZ999[A-Z]$/);
      expect(fiscalNumber[15], fiscalNumber).toBe(checkLetter(fiscalNumber));
    }
    expect(new Set(everybody.map((person) => person.fiscalNumber)).size).toBe(everybody.length);
    expect(new Set(everybody.map((person) => person.id)).size).toBe(everybody.length);
  });

  it("hold only roles that their organisation may give, and in which people sign", () => {
    for (const { organisation, role } of trialPeople.flatMap((person) => person.roles)) {
      expect(roleOrganisations[role]).toContain(organisation);
      expect(submissionOf(role)).toBe("act");
    }
  });

  it.each(Object.keys(trialMunicipalities))("can play every part of the story in %s", (municipality) => {
    const people = trialPeople.filter((person) => person.municipality === municipality);
    const holders = (role: Role) =>
      people.filter((person) => person.roles.some((held) => held.role === role));
    expect(people.filter((person) => person.roles.length === 0).length).toBeGreaterThanOrEqual(3);
    for (const role of [
      "coordinator",
      "responsible_officer",
      "accountant",
      "treasurer",
      "councillor",
      "guarantor",
    ] as const)
      expect(holders(role).length, role).toBeGreaterThanOrEqual(1);
    expect(holders("assessor").length).toBeGreaterThanOrEqual(3);
  });
});
