import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { actRoles } from "@/protocol/acts/roles";
import { type Organisation, organisations, roleOrganisations } from "@/protocol/primitives";
import { transactions } from "@/protocol/transactions";
import {
  type ActingOffice,
  callSteps,
  type Facts,
  isNearlyDone,
  judge,
  missingBefore,
  neededBefore,
  steps,
  vacantForCall,
  vacantLater,
} from "./rules";

const everybody: ActingOffice[] = actRoles.flatMap((role) =>
  roleOrganisations[role].map((organisation) => ({ role, organisation, person: `${role}-${organisation}` })),
);

const complete: Facts = {
  trial: false,
  profile: { contacts: true, privacy: true, accessibility: true },
  emblem: true,
  organisations: { Comune: "ready", Case: "ready", Garanti: "ready" },
  acting: everybody,
  settings: true,
  houses: 1,
  districts: ["1", "2"],
  outlined: ["1", "2"],
  map: true,
  lines: 1,
  roll: 1,
  signIn: "provider",
  mail: true,
  calls: 1,
};
const nothing: Facts = {
  ...complete,
  profile: { contacts: false, privacy: false, accessibility: false },
  ...{ emblem: false, acting: [], settings: false, houses: 0, districts: [], outlined: [], map: false },
  organisations: { Comune: "no_key", Case: "no_administrator", Garanti: "absent" },
  ...{ lines: 0, roll: 0, signIn: "trial", mail: false, calls: 0 },
};

const facts: fc.Arbitrary<Facts> = fc.record({
  trial: fc.boolean(),
  profile: fc.record({ contacts: fc.boolean(), privacy: fc.boolean(), accessibility: fc.boolean() }),
  emblem: fc.boolean(),
  organisations: fc.record({ Comune: state(), Case: state(), Garanti: state() }),
  acting: fc.subarray(everybody),
  settings: fc.boolean(),
  houses: fc.nat(2),
  districts: fc.subarray(["1", "2", "3"]),
  outlined: fc.subarray(["1", "2", "3"]),
  map: fc.boolean(),
  lines: fc.nat(2),
  roll: fc.nat(2),
  signIn: fc.constantFrom("provider", "federation", "trial", "not_member", "wrong"),
  mail: fc.boolean(),
  calls: fc.nat(2),
});

function state() {
  return fc.constantFrom("ready", "absent", "no_administrator", "no_key");
}

describe("what is missing before a call can open", () => {
  it("is nothing where everything is there, and all that is needed where nothing is", () => {
    expect(missingBefore("call", complete)).toEqual([]);
    expect(missingBefore("vote", complete)).toEqual([]);
    expect(missingBefore("call", nothing)).toEqual(steps.filter((step) => neededBefore[step] === "call"));
  });

  it("is the same as what is shown as missing, and a vote never needs less", () => {
    fc.assert(
      fc.property(facts, (given) => {
        const states = judge(given);
        const missing = missingBefore("call", given);
        expect(missing.every((step) => states[step] === "missing" && neededBefore[step] === "call")).toBe(
          true,
        );
        expect(missingBefore("vote", given)).toEqual(expect.arrayContaining(missing));
        const left = steps.filter((step) => neededBefore[step] === "call" && !missing.includes(step));
        expect(left.every((step) => states[step] !== "missing")).toBe(true);
      }),
    );
  });

  it("grows by nothing when something is added", () => {
    fc.assert(
      fc.property(facts, fc.constantFrom(...everybody), (given, office) => {
        const more: Facts = { ...given, acting: [...given.acting, office], lines: given.lines + 1 };
        expect(missingBefore("call", given)).toEqual(expect.arrayContaining(missingBefore("call", more)));
      }),
    );
  });

  it.each([
    ["privacy", { profile: { contacts: true, privacy: false, accessibility: true } }],
    ["organisations", { organisations: { ...complete.organisations, Garanti: "no_key" } }],
    ["callPeople", { acting: everybody.filter(({ role }) => role !== "assessor") }],
    ["lines", { lines: 0 }],
    ["signIn", { signIn: "not_member" }],
    ["signIn", { signIn: "trial" }],
  ] as const)("names %s alone where that alone is not there", (step, change) => {
    expect(missingBefore("call", { ...complete, ...change } as Facts)).toEqual([step]);
  });

  it("takes the trial's sign-in, and asks for no declaration, in a trial alone", () => {
    const given: Facts = {
      ...{ ...complete, trial: true, signIn: "trial" },
      profile: { contacts: true, privacy: true, accessibility: false },
    };
    expect(missingBefore("call", given)).toEqual([]);
    expect(judge(given).accessibility).toBe("not_needed");
    expect(missingBefore("call", { ...given, trial: false })).toEqual(["accessibility", "signIn"]);
  });
});

describe("roles in which nobody can sign", () => {
  it("of a call are those without which one of its steps stands still", () => {
    fc.assert(
      fc.property(fc.subarray(everybody), (acting) => {
        const stands = callSteps.every((step) =>
          acting.some(({ role }) => (transactions[step].roles as readonly string[]).includes(role)),
        );
        expect(vacantForCall({ acting }).length === 0).toBe(stands);
      }),
    );
  });

  it("of districts are told district by district", () => {
    const council = (district?: string): ActingOffice => ({
      ...{ role: "district_council", organisation: "Comune", person: "c" },
      ...(district !== undefined && { district }),
    });
    const others = everybody.filter(({ role }) => role !== "district_council");
    const vacant = (acting: ActingOffice[], districts: string[]) =>
      vacantLater({ acting: [...others, ...acting], districts });
    expect(vacant([council("1")], ["1", "2", "10"])).toEqual([
      { role: "district_council", districts: ["2", "10"] },
    ]);
    expect(vacant([council()], ["1", "2"])).toEqual([]);
    expect(vacant([], ["1"])).toEqual([{ role: "district_council" }]);
    expect(vacant([], [])).toEqual([]);
  });

  it("are never those of administrators, who are told of by organisation", () => {
    const roles = vacantLater({ acting: [], districts: ["1"] }).map(({ role }) => role);
    expect(roles).not.toContain("administrator");
    expect([...roles, ...vacantForCall({ acting: [] }), "administrator"].sort()).toEqual(
      [...actRoles].sort(),
    );
  });
});

it("what is done is folded away once at most a third is missing", () => {
  expect(isNearlyDone(judge(complete))).toBe(true);
  expect(isNearlyDone(judge(nothing))).toBe(false);
  const part = (missing: number) =>
    Object.fromEntries(steps.map((step, index) => [step, index < missing ? "missing" : "done"]));
  const most = Math.floor(steps.length / 3);
  expect(isNearlyDone(part(most) as never)).toBe(true);
  expect(isNearlyDone(part(most + 1) as never)).toBe(false);
});

it("each organisation has to be ready", () => {
  for (const part of organisations as readonly Organisation[])
    expect(
      judge({ ...complete, organisations: { ...complete.organisations, [part]: "absent" } }).organisations,
    ).toBe("missing");
});
