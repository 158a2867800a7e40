import { describe, expect, it } from "vitest";
import { type Role, roleOrganisations, roles } from "@/protocol/primitives";
import { can, holdsOffice, mayGive, mayHoldBoth, type Permission, roleFor, type Viewer } from "./permissions";

const torino = "001272";
const aglie = "001001";
const resident: Viewer = { id: "a", name: "A", language: "it", roles: [] };
const officer: Viewer = {
  ...resident,
  roles: [{ municipality: torino, organisation: "Comune", role: "responsible_officer" }],
};

describe("permissions", () => {
  it("hold in the municipality of the role and in no other", () => {
    expect(can(officer, torino, "calls:publish")).toBe(true);
    expect(can(officer, aglie, "calls:publish")).toBe(false);
    expect(holdsOffice(officer, aglie)).toBe(false);
  });

  it("let everyone who has signed in act as a resident, under the Case network's certificate", () => {
    expect(roleFor(resident, aglie, "proposals:submit")).toEqual({
      municipality: aglie,
      organisation: "Case",
      role: "resident",
    });
    expect(can(undefined, aglie, "proposals:submit")).toBe(false);
  });

  it("prefer the office where both are allowed", () => {
    expect(roleFor(officer, torino, "pacts:sign")?.role).toBe("responsible_officer");
  });

  it("allow a transaction to exactly the roles the chaincode allows it to", () => {
    // Written down here from the domain's words: a table compared with itself is always right.
    const few: [Permission, Role[]][] = [
      ["payments:recordPaid", ["treasurer"]],
      ["payments:order", ["responsible_officer"]],
      ["proposals:score", ["assessor"]],
      ["rounds:freeze", ["responsible_officer"]],
      ["rounds:annul", ["guarantor"]],
      ["rounds:decideObjection", ["guarantor"]],
      ["rounds:attest", ["responsible_officer", "coordinator", "guarantor"]],
      ["pacts:approveGiunta", ["giunta"]],
      ["municipality:confirmSettings", ["administrator", "guarantor"]],
      ["flows:inspect", ["councillor", "responsible_officer", "treasurer", "guarantor"]],
      ["people:manage", ["administrator"]],
    ];
    for (const [name, expected] of few)
      for (const role of roles) {
        const viewer = {
          ...resident,
          roles: [{ municipality: torino, organisation: "Comune", role }],
        } as Viewer;
        expect(can(viewer, torino, name), `${name} by ${role}`).toBe(expected.includes(role));
      }
  });

  it("know which organisation gives which role", () => {
    expect(mayGive("Comune", "treasurer")).toBe(true);
    expect(mayGive("Case", "treasurer")).toBe(false);
  });

  it("keep apart whoever decides, pays, counts or watches", () => {
    const of = (organisation: "Comune" | "Case" | "Garanti", role: Role) => ({ organisation, role });
    const apart = ["responsible_officer", "treasurer", "registrar", "councillor"] as const;
    for (const one of apart)
      for (const other of apart)
        expect(mayHoldBoth(of("Comune", one), of("Comune", other)), `${one} ${other}`).toBe(one === other);
    for (const role of roles.filter((name) => roleOrganisations[name].includes("Comune"))) {
      expect(mayHoldBoth(of("Garanti", "guarantor"), of("Comune", role)), role).toBe(false);
      expect(mayHoldBoth(of("Comune", role), of("Garanti", "guarantor")), role).toBe(false);
    }
    expect(mayHoldBoth(of("Garanti", "guarantor"), of("Garanti", "assessor"))).toBe(true);
    expect(mayHoldBoth(of("Comune", "technical_office"), of("Comune", "responsible_officer"))).toBe(true);
    expect(mayHoldBoth(of("Case", "registrar"), of("Comune", "treasurer"))).toBe(false);
  });
});
