import { describe, expect, it } from "vitest";
import { transactions } from "@/chaincode/src/protocol/transactions";
import { can, holdsOffice, mayGive, type Permission, roleFor, type Viewer } from "./permissions";

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
    for (const [name, { roles }] of Object.entries(transactions)) {
      const viewer = (role: (typeof roles)[number]): Viewer => ({
        ...resident,
        roles: [{ municipality: torino, organisation: "Comune", role }],
      });
      for (const role of ["treasurer", "assessor", "guarantor"] as const) {
        const allowed: readonly string[] = roles;
        const expected = allowed.includes(role) || allowed.includes("resident");
        expect(can(viewer(role), torino, name as Permission), `${name} by ${role}`).toBe(expected);
      }
    }
  });

  it("know which organisation gives which role", () => {
    expect(mayGive("Comune", "treasurer")).toBe(true);
    expect(mayGive("Case", "treasurer")).toBe(false);
  });
});
