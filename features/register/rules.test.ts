import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isHeldOn } from "@/protocol/in-office";
import { officeRoles, organisations, roleOrganisations } from "@/protocol/primitives";
import { filterOffices, officeFilterOf, sortOffices } from "./office-list";
import { excludedBy, type Office, officePhase, rolesOf, stuck, vacancies } from "./rules";

const by = {
  municipality: "001272",
  person: "a",
  organisation: "Comune" as const,
  role: "administrator" as const,
};
const suspension = (until: string) => ({ by, on: "2026-03-01", until, reasonDigest: "0".repeat(64) });
const days = fc.integer({ min: 1, max: 28 }).map((day) => `2026-03-${String(day).padStart(2, "0")}`);

describe("where an office stands on a day", () => {
  const office = { state: "held", from: "2026-03-10", until: "2026-03-20" } as const;
  it.each([
    ["2026-03-09", "coming"],
    ["2026-03-10", "held"],
    ["2026-03-20", "held"],
    ["2026-03-21", "over"],
  ])("on %s is %s", (day, phase) => {
    expect(officePhase(office, day)).toBe(phase);
  });

  it("is suspended until the last day of the suspension, and held again after it", () => {
    const suspended = { ...office, state: "suspended" as const, suspension: suspension("2026-03-17") };
    expect(officePhase(suspended, "2026-03-17")).toBe("suspended");
    expect(officePhase(suspended, "2026-03-18")).toBe("held");
  });

  it("is held exactly when the chaincode says so", () => {
    const states = fc.constantFrom(...(["proposed", "held", "suspended", "ended"] as const));
    fc.assert(
      fc.property(
        states,
        days,
        fc.option(days, { nil: undefined }),
        days,
        days,
        (state, from, until, end, day) => {
          const record = {
            ...{ state, from },
            ...(until !== undefined && { until }),
            ...(state === "suspended" && { suspension: suspension(end) }),
          } as Office;
          expect(officePhase(record, day) === "held").toBe(isHeldOn(record, day));
        },
      ),
    );
  });
});

describe("who may hold which office", () => {
  it("an organisation has the roles that it gives, without those of programs and residents", () => {
    expect(rolesOf("Garanti")).toEqual(["assessor", "guarantor", "administrator"]);
    for (const organisation of organisations)
      for (const role of rolesOf(organisation)) {
        expect(roleOrganisations[role]).toContain(organisation);
        expect(officeRoles).toContain(role);
        expect(role).not.toBe("registrar");
      }
  });

  const treasurer = { role: "treasurer", from: "2026-03-10" } as const;
  it("two that exclude each other do not share a day", () => {
    const officer = { id: "o", role: "responsible_officer", from: "2026-03-01", state: "held" } as const;
    expect(excludedBy(treasurer, [officer], false)).toBe("responsible_officer");
    expect(excludedBy(treasurer, [{ ...officer, until: "2026-03-10" }], false)).toBe("responsible_officer");
    expect(excludedBy(treasurer, [{ ...officer, until: "2026-03-09" }], false)).toBeUndefined();
    expect(excludedBy(treasurer, [{ ...officer, state: "ended" }], false)).toBeUndefined();
    expect(
      excludedBy({ ...treasurer, until: "2026-03-12" }, [{ ...officer, from: "2026-03-13" }], false),
    ).toBe(undefined);
  });

  it("a councillor is a responsible officer only where the settings let them", () => {
    const councillor = { id: "c", role: "councillor", from: "2026-03-01", state: "held" } as const;
    const officer = { role: "responsible_officer", from: "2026-03-10" } as const;
    expect(excludedBy(officer, [councillor], false)).toBe("councillor");
    expect(excludedBy(officer, [councillor], true)).toBeUndefined();
  });
});

describe("what is stuck", () => {
  it("waits for a role that nobody holds and for no other", () => {
    const item = (transaction: string, id: string) => ({ transaction, id });
    const forVacant = [item("approvePact", "p"), item("orderPayment", "m"), item("orderPayment", "n")];
    const forHeld = [item("approvePact", "p"), item("checkPayment", "m")];
    expect(stuck(forVacant, forHeld)).toEqual([item("orderPayment", "m"), item("orderPayment", "n")]);
  });

  it("the roles that nobody holds are of an organisation each", () => {
    const held = organisations.flatMap((organisation) =>
      rolesOf(organisation).map((role) => ({ organisation, role })),
    );
    expect(vacancies(held)).toEqual([]);
    const without = held.filter(
      ({ organisation, role }) => organisation !== "Garanti" || role !== "assessor",
    );
    expect(vacancies(without)).toEqual([{ organisation: "Garanti", role: "assessor" }]);
  });
});

describe("the order of offices", () => {
  const row = (name: string, from: string, until?: string) => ({
    ...{ name, from, organisation: "Comune", role: "assessor" },
    ...(until && { until }),
  });
  const rows = [row("Élia", "2026-01-01", "2026-02-01"), row("Anna", "2025-01-01"), row("Zoe", "2026-01-01")];
  const names = (column: string, direction: "ascending" | "descending") =>
    sortOffices(rows, column, direction, ({ role }) => role).map(({ name }) => name);

  it("is by the column asked for, later offices first among equals; no end comes last", () => {
    expect(names("person", "ascending")).toEqual(["Anna", "Élia", "Zoe"]);
    expect(names("from", "descending")).toEqual(["Élia", "Zoe", "Anna"]);
    expect(names("until", "ascending")).toEqual(["Élia", "Zoe", "Anna"]);
    expect(names("role", "ascending")).toEqual(["Élia", "Zoe", "Anna"]);
  });

  it("is by the first day where the address names no column there is", () => {
    expect(names("__proto__", "ascending")).toEqual(["Anna", "Élia", "Zoe"]);
  });
});

describe("the filter of offices", () => {
  const row = (name: string, organisation: string, role: string, phase: "held" | "suspended" | "ended") => ({
    ...{ name, organisation, role, phase },
  });
  const rows = [
    row("Anna", "Comune", "assessor", "held"),
    row("Bruno", "Comune", "treasurer", "ended"),
    row("Carla", "Garanti", "assessor", "suspended"),
  ];
  const names = (address: Record<string, unknown>) =>
    filterOffices(rows, officeFilterOf(address)).map(({ name }) => name);

  it("leaves the offices for an organisation, of a role, and those that are held today", () => {
    expect(names({})).toEqual(["Anna", "Bruno", "Carla"]);
    expect(names({ organizzazione: "Comune" })).toEqual(["Anna", "Bruno"]);
    expect(names({ ruolo: "assessor" })).toEqual(["Anna", "Carla"]);
    expect(names({ quando: "oggi" })).toEqual(["Anna", "Carla"]);
    expect(names({ organizzazione: "Comune", ruolo: "assessor", quando: "oggi" })).toEqual(["Anna"]);
  });

  it("ignores what the address says that is no filter", () => {
    expect(names({ organizzazione: "Regione", ruolo: ["assessor"], quando: "ieri" })).toHaveLength(3);
  });
});
