import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { RuleError } from "../../../protocol/errors";
import type { Actor } from "../../../protocol/primitives";
import { type TransactionName, transactions } from "../../../protocol/transactions";
import { City } from "../../testing/city";
import { digest } from "../../testing/keys";
import { withOrdered } from "../../testing/pact-story";
import { people, person, smallComune, torino } from "../../testing/people";
import { storyFounding } from "../../testing/register";
import { proposal, withCall } from "../../testing/story";
import { Witness } from "../../testing/witness";

vi.setConfig({ testTimeout: 120_000 });

const commons = { kind: "square" as const, digest: digest("square") };

describe("names and texts", () => {
  test.each([
    ["too short", "ab"],
    ["too long", "a".repeat(65)],
    ["a separator of keys", "park\u0000day"],
    ["capital letters", "Park"],
    ["letters beyond ASCII", "parco-dorà"],
    ["a path", "../day"],
    ["a line feed", "park\n"],
    ["the last code point", "park\u{10ffff}"],
    ["what objects inherit", "__proto__"],
  ])("an id with %s is refused", async (_, id) => {
    const city = await City.after(withCall);
    const refused = await city.refused(people.resident, "commons:register", { id, ...commons });
    expect(refused).toMatchObject({ code: "invalid_input", params: { path: "id" } });
  });

  test.each(["constructor", "hasownproperty", "valueof", "tostring", "then"])(
    "an id may be the word %s",
    async (id) => {
      const city = await City.after(withCall);
      await city.submit(people.resident, "commons:register", { id, ...commons });
      expect(await city.refusal(people.resident, "commons:register", { id, ...commons })).toBe(
        "already_exists",
      );
    },
  );

  test.each([
    ["a prototype", '"__proto__":{"role":"administrator"}', "__proto__"],
    ["a constructor", '"constructor":{"prototype":{}}', "constructor"],
    ["an actor of one's own", '"actor":{"role":"administrator"}', "actor"],
    ["a day of one's own", '"day":"2020-01-01"', "day"],
  ])("an argument that brings %s is refused", async (_, member, path) => {
    const city = await City.after(withCall);
    const given = JSON.stringify({
      command: randomUUID(),
      municipality: torino,
      id: "the-square",
      ...commons,
    });
    const argument = given.replace(/\}$/, `,${member}}`);
    const refused = await refusalOfText(city, people.resident, "commons:register", argument);
    expect(refused).toMatchObject({ code: "invalid_input", params: { path } });
    expect(Object.prototype).not.toHaveProperty("role");
  });

  test.each([
    "",
    "null",
    "7",
    "[]",
    '"text"',
    "{",
    '{"command":"no uuid"}',
    `${"[".repeat(5000)}${"]".repeat(5000)}`,
  ])("the argument %s is refused", async (argument) => {
    const city = await City.after(withCall);
    expect((await refusalOfText(city, people.resident, "commons:register", argument)).code).toBe(
      "invalid_input",
    );
  });

  test("a name with a control character is refused", async () => {
    const city = new City();
    const named = { ...storyFounding(), name: "Torino\u0007" };
    expect(await city.refused(people.service, "municipality:found", named)).toMatchObject({
      ...{ code: "invalid_input", params: { path: "name" } },
    });
  });
});

describe("who is who", () => {
  test("a command of one person does not use up the same command of another", async () => {
    const city = await City.after(withCall);
    const command = randomUUID();
    await city.submit(people.resident, "commons:register", { command, id: "one-square", ...commons });
    await city.submit(people.neighbour, "commons:register", { command, id: "other-square", ...commons });
  });

  test("the same ids in two municipalities are two things", async () => {
    const city = await City.after(withCall);
    const stranger = (role: Actor["role"], organisation: Actor["organisation"]) =>
      person(`stranger-${role.replaceAll("_", "-")}`, role, organisation, smallComune);
    await city.submit(
      stranger("service", "Comune"),
      "municipality:found",
      storyFounding({}, true, { municipality: smallComune }),
    );
    const elsewhere = { id: "garden-friends", kind: "person" as const, digest: digest("another") };
    await city.submit(stranger("resident", "Case"), "subjects:register", elsewhere);
    expect(city.record("subject", "garden-friends").kind).toBe("association");
    const attempt = { ...proposal("garden"), subject: "garden-friends" };
    expect(await city.refused(stranger("resident", "Case"), "proposals:submit", attempt)).toMatchObject({
      code: "not_found",
      params: { type: "call" },
    });
  });
});

test("whatever stands in a field, a transaction is carried out or refused with a code", async () => {
  const witness = new Witness(await City.founded());
  await withOrdered(witness);
  const strange = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(-1, 0, 1, 2 ** 53, 1e308, "", "2026-02-30", [], {}),
  );
  // Values of the story in each other's places go further than values from nowhere.
  const leaves = witness.seen.flatMap(({ input }) => pathsOf(input).map((path) => memberAt(input, path)));
  const codes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.nat(9999), fc.nat(9999), fc.nat(9999), strange, async (step, place, other, odd) => {
      const seen = witness.seen[step % witness.seen.length];
      if (!seen) return;
      const whole = { command: randomUUID(), municipality: torino, ...structuredClone(seen.input) };
      const paths = pathsOf(whole);
      const path = paths[place % paths.length] ?? [];
      const alike = leaves.filter((leaf) => formOf(leaf) === formOf(memberAt(whole, path)));
      replace(whole, path, other % 5 === 0 ? odd : (alike[other % alike.length] ?? odd));
      const city = new City(seen.state);
      city.certificateKey = seen.key;
      try {
        await city.simulateText(seen.actor, seen.name, JSON.stringify(whole));
        codes.add("accepted");
      } catch (error) {
        if (!(error instanceof RuleError)) throw error;
        codes.add(error.code);
      }
    }),
    { numRuns: 1500, interruptAfterTimeLimit: 90_000 },
  );
  expect(codes).toContain("accepted");
  expect(codes).toContain("invalid_input");
  expect(codes.size).toBeGreaterThan(8);
});

test("no transaction takes an argument of any other shape", async () => {
  const city = await City.after(withCall);
  const names = Object.keys(transactions) as TransactionName[];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), fc.json(), async (name, argument) => {
      const [role = "service"] = transactions[name].roles;
      const organisation =
        role === "resident" || role === "coordinator" ? "Case" : role === "guarantor" ? "Garanti" : "Comune";
      const actor = person("somebody", role, organisation);
      expect((await refusalOfText(city, actor, name, argument)).code).toBe("invalid_input");
    }),
    { numRuns: 500 },
  );
});

async function refusalOfText(
  city: City,
  actor: Actor,
  name: TransactionName,
  argument: string,
): Promise<RuleError> {
  try {
    await city.simulateText(actor, name, argument);
  } catch (error) {
    if (error instanceof RuleError) return error;
    throw error;
  }
  throw new Error("not refused");
}

/** What a value looks like: enough to know which could stand in its place. */
function formOf(value: unknown): string {
  if (typeof value !== "string") return typeof value;
  return value
    .replaceAll(/[0-9a-f]{64,}/g, "h")
    .replaceAll(/\d/g, "9")
    .replaceAll(/[a-z][a-z0-9-]+/g, "id");
}

type Path = (string | number)[];

/** The way to every member of a value, however deep. */
function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [at];
  const members: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return [
    ...(at.length > 0 ? [at] : []),
    ...members.flatMap(([name, member]) => pathsOf(member, [...at, name])),
  ];
}

function replace(whole: object, path: Path, value: unknown): void {
  const last = path.at(-1);
  if (last === undefined) return;
  (memberAt(whole, path.slice(0, -1)) as Record<string | number, unknown>)[last] = value;
}

function memberAt(whole: unknown, path: Path): unknown {
  return path.reduce((parent, name) => (parent as Record<string | number, unknown>)[name], whole);
}
