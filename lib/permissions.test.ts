import { describe, expect, it } from "vitest";
import { type Role, roles } from "@/protocol/primitives";
import { can, holdsOffice, type Permission, roleFor, type Viewer } from "./permissions";

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
      ["payments:order", ["accountant"]],
      ["proposals:score", ["assessor"]],
      ["rounds:freeze", ["responsible_officer"]],
      ["rounds:annul", ["guarantor"]],
      ["rounds:decideObjection", ["guarantor"]],
      ["rounds:attest", ["responsible_officer", "coordinator", "guarantor"]],
      ["pacts:approveGiunta", ["giunta"]],
      ["municipality:confirmSettings", ["administrator", "guarantor"]],
      ["flows:inspect", ["councillor", "responsible_officer", "accountant", "treasurer", "guarantor"]],
      ["roll:change", ["administrator"]],
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

  it("leave the roll to the administrators of the Comune", () => {
    for (const organisation of ["Comune", "Case", "Garanti"] as const) {
      const viewer: Viewer = {
        ...resident,
        roles: [{ municipality: torino, organisation, role: "administrator" }],
      };
      expect(can(viewer, torino, "roll:change"), organisation).toBe(organisation === "Comune");
    }
  });
});
