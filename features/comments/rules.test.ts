import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { organisations, type Role, roleOrganisations, roles } from "@/protocol/primitives";
import { appealOffice, decidingOffice, excerpt } from "./rules";

const here = "001272";
const person = fc.constantFrom("author", "decider", "reporter", "other");
const held = fc.constantFrom(...(roles as readonly Role[])).chain((role) =>
  fc.record({
    municipality: fc.constantFrom(here, "001001"),
    organisation: fc.constantFrom(...roleOrganisations[role]),
    role: fc.constant(role),
  }),
);
const viewer = fc.record({ id: person, roles: fc.array(held, { maxLength: 4 }) });
const of = { author: "author", reporters: ["reporter"] };

describe("who decides", () => {
  it("on a comment is never its author or who reported it, and holds an office here", () => {
    fc.assert(
      fc.property(viewer, (who) => {
        const office = decidingOffice(who, here, of);
        if (!office) return;
        expect(["author", "reporter"]).not.toContain(who.id);
        expect(who.roles).toContainEqual({ municipality: here, ...office });
        expect(["responsible_officer", "coordinator", "administrator"]).toContain(office.role);
      }),
    );
  });

  it("on an objection is never who hid it, and is a guarantor or of another organisation", () => {
    fc.assert(
      fc.property(viewer, fc.constantFrom(...organisations), (who, organisation) => {
        const office = appealOffice(who, here, { ...of, decidedBy: "decider", organisation });
        const able = who.roles.filter(
          (one) =>
            one.municipality === here &&
            (one.role === "guarantor" ||
              (["responsible_officer", "coordinator", "administrator"].includes(one.role) &&
                one.organisation !== organisation)),
        );
        expect(office !== undefined).toBe(who.id === "other" && able.length > 0);
        if (office) expect(able).toContainEqual({ municipality: here, ...office });
      }),
    );
  });
});

describe("the first words of a text", () => {
  it("are a beginning of it on one line, no longer than asked", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), fc.integer({ min: 10, max: 200 }), (text, most) => {
        const line = text.replace(/\s+/g, " ").trim();
        const words = excerpt(text, most);
        expect(words.length).toBeLessThanOrEqual(most + 1);
        expect(words === line || line.startsWith(words.slice(0, -1))).toBe(true);
      }),
    );
  });
});
