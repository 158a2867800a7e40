import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RoleHeld } from "@/lib/permissions";
import {
  areNamesShown,
  convenerOf,
  hasToWait,
  type MeetingSubject,
  type Place,
  phaseOf,
  promoted,
} from "./rules";

const torino = "001272";
const held = (role: RoleHeld["role"], more: Partial<RoleHeld> = {}): RoleHeld => ({
  ...{ municipality: torino, organisation: "Comune", role },
  ...more,
});
const subject = (more: Partial<MeetingSubject> = {}): MeetingSubject => ({
  ...{ type: "proposal", id: "p", district: 6, representative: "giulia" },
  ...more,
});
const by = (roles: RoleHeld[], of = subject(), id = "anna") => convenerOf({ id, roles }, torino, of);

describe("meetings are called", () => {
  it("by coordinators of the network or of the district, and by no other's", () => {
    expect(by([held("coordinator")])).toEqual({ organisation: "Comune", role: "coordinator" });
    expect(by([held("coordinator", { district: 6 })])).toBeDefined();
    expect(by([held("coordinator", { district: 5 })])).toBeUndefined();
    expect(by([held("coordinator", { municipality: "001001" })])).toBeUndefined();
    expect(by([held("coordinator", { district: 6 })], subject({ district: null }))).toBeUndefined();
  });

  it("by responsible officers, but not those of a house", () => {
    expect(by([held("responsible_officer")])).toBeDefined();
    expect(
      by([held("responsible_officer")], subject({ type: "house", representative: null })),
    ).toBeUndefined();
  });

  it("by whoever represents the proposal, and by nobody who only has signed in", () => {
    expect(by([], subject(), "giulia")).toBe("proponent");
    expect(by([])).toBeUndefined();
    expect(by([], subject({ representative: null }))).toBeUndefined();
    expect(convenerOf(undefined, torino, subject())).toBeUndefined();
    for (const role of ["accountant", "treasurer", "councillor", "guarantor", "assessor"] as const)
      expect(by([held(role)]), role).toBeUndefined();
  });
});

type Step = { kind: "come" | "leave"; person: number } | { kind: "places"; places: number | null };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom("come" as const, "leave" as const), person: fc.nat(8) }),
  fc.record({ kind: fc.constant("places" as const), places: fc.option(fc.integer({ min: 1, max: 6 })) }),
);

describe("places", () => {
  it("are never more than there are, none stays free while somebody waits, and nobody is overtaken", () => {
    fc.assert(
      fc.property(
        fc.option(fc.integer({ min: 1, max: 6 })),
        fc.array(step, { maxLength: 60 }),
        (first, steps) => {
          let places = first;
          let rows: Place[] = [];
          let number = 0;
          for (const one of steps) {
            const person = "person" in one ? String(one.person) : "";
            if (one.kind === "come" && !rows.some((row) => row.person === person)) {
              number += 1;
              rows.push({ person, number, isWaiting: hasToWait(rows, places) });
            } else if (one.kind === "leave") rows = rows.filter((row) => row.person !== person);
            else if (one.kind === "places") {
              // As the service does: no fewer places than those who have one.
              const inside = rows.filter(({ isWaiting }) => !isWaiting).length;
              if (one.places === null || one.places >= inside) places = one.places;
            }
            const next = promoted(rows, places);
            rows = rows.map((row) => ({ ...row, isWaiting: row.isWaiting && !next.includes(row.person) }));
            const inside = rows.filter(({ isWaiting }) => !isWaiting);
            const waiting = rows.filter(({ isWaiting }) => isWaiting);
            if (places !== null) expect(inside.length).toBeLessThanOrEqual(places);
            if (waiting.length > 0) expect(inside.length).toBe(places);
            const last = Math.max(0, ...inside.map((row) => row.number));
            for (const row of waiting) expect(row.number).toBeGreaterThan(last);
          }
        },
      ),
    );
  });
});

it("a meeting is coming, going on and over", () => {
  const meeting = { startsAt: new Date("2027-01-11T17:00:00Z"), endsAt: new Date("2027-01-11T19:00:00Z") };
  expect(phaseOf(meeting, new Date("2027-01-11T16:59:59Z"))).toBe("coming");
  expect(phaseOf(meeting, meeting.startsAt)).toBe("now");
  expect(phaseOf(meeting, meeting.endsAt)).toBe("over");
});

it("names are shown until thirty days after the end", () => {
  const endsAt = new Date("2026-10-01T18:00:00Z");
  const shown = (now: string) => areNamesShown({ endsAt }, new Date(now));
  expect(["2026-09-01T00:00:00Z", "2026-10-31T18:00:00Z"].map(shown)).toEqual([true, true]);
  expect(["2026-10-31T18:00:00.001Z", "2027-10-01T00:00:00Z"].map(shown)).toEqual([false, false]);
});
