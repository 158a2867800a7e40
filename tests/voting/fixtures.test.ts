/** Small files of our own making: every feature of the format, every rule, ties, no cost, no votes. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Instance } from "@/voting/allocation/instance";
import { allocate, parseRule } from "@/voting/allocation/rule";
import { parsePabulib } from "@/voting/pabulib/parse";
import { writePabulib } from "@/voting/pabulib/write";
import { formatDecimal, rational } from "@/voting/rational";
import { type SlowElection, slowGreedy, slowGreedyPerCost, slowMes, slowPhragmen } from "./slow";

const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`fixtures/${name}`, import.meta.url)), "utf8");
const names = readdirSync(fileURLToPath(new URL("fixtures", import.meta.url))).filter((name) =>
  name.endsWith(".pb"),
);

const select = (name: string, rule: object) =>
  allocate(parsePabulib(fixture(name)).instance, parseRule(rule)).selected;

describe.each(names)("%s", (name) => {
  const file = parsePabulib(fixture(name));

  test("is written and read back the same", () => {
    const written = writePabulib(file.document());
    const again = parsePabulib(written);
    expect(again.document()).toEqual(file.document());
    expect(again.instance).toEqual(file.instance);
    expect(writePabulib(again.document())).toBe(written);
  });
});

// The slow implementation knows no drawn order.
test.each(names.filter((name) => name !== "drawn-order.pb"))(
  "%s counts as the slow implementation does, by every rule",
  (name) => {
    const { instance } = parsePabulib(fixture(name));
    const election = slowElection(instance);
    expect(select(name, { rule: "greedy" })).toEqual(slowGreedy(election));
    expect(select(name, { rule: "greedy-per-cost" })).toEqual(slowGreedyPerCost(election));
    expect(select(name, { rule: "phragmen" })).toEqual(slowPhragmen(election));
    const unit = 10n ** BigInt(instance.moneyDecimals);
    for (const utility of ["cost", "cardinality", "points", "points-x-cost"] as const) {
      for (const completion of ["none", "utilitarian", "add1", "add1u"] as const) {
        for (const stop of ["exhaustive", "overspend"] as const) {
          const increment = rational(unit);
          const slow = slowMes(election, { utility, completion, start: "exact", stop, increment });
          expect(select(name, { rule: "mes", utility, completion, stop })).toEqual(slow.selected);
        }
      }
    }
  },
);

describe("ties.pb", () => {
  test("greedy: lower cost, more votes, natural order; free and unloved projects in their places", () => {
    // c1 and c4 have four votes, c2 and c10 three; c6 costs nothing and has no vote, so it comes last but fits.
    expect(select("ties.pb", { rule: "greedy" })).toEqual(["c1", "c4", "c2", "c3", "c6"]);
  });

  test("greedy without skipping ends at the first project that does not fit", () => {
    expect(select("ties.pb", { rule: "greedy", skip: false })).toEqual(["c1", "c4", "c2"]);
  });

  test("a threshold leaves projects out, an incompatible pair the one with less support", () => {
    expect(select("ties.pb", { rule: "greedy", threshold: "4" })).toEqual(["c1", "c4"]);
    expect(select("ties.pb", { rule: "greedy", incompatible: [["c4", "c1"]] })).toEqual([
      "c1",
      "c2",
      "c10",
      "c3",
      "c6",
      "c5",
    ]);
  });

  test("the residue is offered once, to the first project that does not fit", () => {
    const outcome = allocate(
      parsePabulib(fixture("ties.pb")).instance,
      parseRule({ rule: "greedy", residue: true }),
    );
    expect(outcome.selected).toEqual(["c1", "c4", "c2", "c3", "c6"]);
    expect(outcome.steps.filter(({ kind }) => kind === "residue")).toEqual([
      { kind: "residue", project: "c10", amount: 1n },
    ]);
  });

  test("Equal Shares takes what has votes and costs nothing first, and never what has no votes", () => {
    // 2.50 each: c1's four can pay 5 (1.25 each), then hold 5 < 9 for c4; c2's three hold 7.50, then c10's 2.50.
    expect(select("ties.pb", { rule: "mes", completion: "none" })).toEqual(["c3", "c1", "c2"]);
    expect(select("ties.pb", { rule: "mes", completion: "utilitarian" })).toEqual([
      "c3",
      "c1",
      "c2",
      "c4",
      "c6",
    ]);
  });

  test("votes per cost puts votes without cost first, and what has no votes last", () => {
    expect(select("ties.pb", { rule: "greedy-per-cost" })).toEqual(["c3", "c1", "c2", "c10", "c6", "c5"]);
  });
});

test("sequential Phragmén stops when any of the tied least does not fit", () => {
  // After a (load 1) b and c tie at load 2; b would fit into the 3 left, c does not.
  const outcome = allocate(
    parsePabulib(fixture("phragmen-tie.pb")).instance,
    parseRule({ rule: "phragmen" }),
  );
  expect(outcome.selected).toEqual(["a"]);
  expect(outcome.stop).toBe("next-not-fitting");
  expect(outcome.steps.map(({ kind, project }) => [kind, project])).toEqual([
    ["over-budget", "d"],
    ["no-votes", "e"],
    ["phragmen", "a"],
    ["not-fitting", "c"],
    ["not-reached", "b"],
  ]);
});

test("CRLF, BOM, quotes, blanks, decimal commas and ids that are no numbers are read and kept", () => {
  const file = parsePabulib(fixture("quoting-crlf-bom.pb"));
  expect(file.instance.moneyDecimals).toBe(2);
  expect(file.instance.budget).toBe(100_050n);
  expect(file.instance.projects).toEqual([
    { id: "P-a", cost: 25_025n },
    { id: "P-b", cost: 25_025n },
    { id: "P-c", cost: 50_000n },
    { id: "7", cost: 50n },
  ]);
  expect([...file.names.values()]).toEqual([
    '"Odkupmy" i my',
    '"Insieme" per il parco',
    "Corsia",
    "Cassetta dei libri",
  ]);
  expect(file.document().meta[0]).toEqual([
    "description",
    'Invented; with a semicolon, a "quote" and\r\na second line',
  ]);
  expect(file.document().projects[1]).toEqual(["P-b", "250,25", '"Insieme" per il parco', "verde,scuola"]);
  // A blank ballot counts as one: 5 voters, 200.10 each. P-a and P-b tie; then P-b costs x2 what x1 lacks.
  const outcome = allocate(file.instance, parseRule({ rule: "mes", completion: "none" }));
  expect(outcome.voters).toBe(5);
  expect(outcome.endowment).toEqual({ n: 20_010n, d: 1n });
  expect(outcome.selected).toEqual(["P-a", "P-b", "7"]);
  expect(formatDecimal(outcome.cost, 2)).toBe("501");
});

test("void ballots carry the first limit they break and do not count as voters", () => {
  const { instance, void: voided } = parsePabulib(fixture("cumulative.pb"));
  expect(voided.map(({ voter, line, reason }) => [voter, line, reason.code])).toEqual([
    ["5", 28, "points-too-high"],
    ["6", 29, "too-many-choices"],
  ]);
  expect(instance.profile.voters).toBe(5);
  const knapsack = parsePabulib(fixture("knapsack.pb"));
  expect(knapsack.void.map(({ voter, reason }) => [voter, reason.code])).toEqual([
    ["3", "cost-too-high"],
    ["4", "too-few-choices"],
  ]);
  expect(parsePabulib(fixture("choose-1.pb")).void.map(({ voter, reason }) => [voter, reason.code])).toEqual([
    ["5", "too-many-choices"],
  ]);
});

test("rankings give points from the longest ballot, or from max_length, down", () => {
  const points = (name: string) => [...(parsePabulib(fixture(name)).instance.profile.points ?? [])];
  expect(points("ordinal.pb")).toEqual([3, 2, 1, 3, 3, 2, 3, 2, 3, 2, 1]);
  const shorter = parsePabulib(fixture("ordinal-max-length.pb"));
  expect(shorter.void.map(({ reason }) => reason.code)).toEqual(["too-many-choices"]);
  expect(points("ordinal-max-length.pb")).toEqual([2, 2, 1, 2, 1, 2, 1]);
});

test("scores may be fractions or negative, and what is not mentioned gets the default score", () => {
  const { instance } = parsePabulib(fixture("scoring.pb"));
  expect(instance.pointDecimals).toBe(2);
  // a: 2.5 + 0.5 + 0.5, b: -1 + 0.5 + 0.5, c: 0.5 + 1.25 + 0.5.
  expect(select("scoring.pb", { rule: "greedy" })).toEqual(["a", "b"]);
  expect(select("scoring.pb", { rule: "greedy", threshold: "2.25" })).toEqual(["a"]);
  expect(select("scoring.pb", { rule: "greedy", threshold: "2.26", skip: false })).toEqual(["a"]);
});

test("a drawn order decides what cost and votes leave tied, and is kept by the format", () => {
  expect(select("drawn-order.pb", { rule: "greedy" })).toEqual(["3"]);
  // With 10 each all three would be bought at once, so add1 ends without any and greedy completes it.
  expect(select("drawn-order.pb", { rule: "mes", completion: "add1" })).toEqual([]);
  expect(select("drawn-order.pb", { rule: "mes", completion: "add1u" })).toEqual(["3"]);
  expect(
    parsePabulib(writePabulib(parsePabulib(fixture("drawn-order.pb")).document())).instance.tieOrder,
  ).toEqual(["3", "1", "2"]);
});

/** The election of a file, for the slow implementation: point units, money units. */
function slowElection({ budget, projects, profile }: Instance): SlowElection {
  const ballots = Array.from({ length: profile.voters }, (_, voter) => {
    const entries: [string, number][] = [];
    for (let e = profile.offsets[voter] ?? 0; e < (profile.offsets[voter + 1] ?? 0); e++) {
      entries.push([projects[profile.projects[e] ?? 0]?.id ?? "", profile.points?.[e] ?? 1]);
    }
    return Object.fromEntries(entries);
  });
  return { budget, projects, ballots };
}
