/** Every outcome of the ten reference elections, in order, with the figures that belong to it. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { allocate, parseRule, type RuleSpec } from "@/voting/allocation/rule";
import { type PabulibFile, parsePabulib } from "@/voting/pabulib/parse";
import { formatDecimal, formatRational, rational } from "@/voting/rational";
import { hasSharedData, sharedData } from "./shared-data";

interface Reference {
  readonly file: string;
  readonly results: Readonly<Record<string, ReferenceResult>>;
  readonly official: { readonly selected: readonly string[]; readonly equals: readonly string[] } | null;
}

interface ReferenceResult {
  readonly order?: readonly string[];
  readonly selected?: readonly string[];
  readonly cost?: string;
  readonly endowment?: string;
  readonly iterations?: number;
  readonly increment?: number;
  readonly stop?: string;
  readonly threshold?: number;
  readonly prefer_mes?: number;
  readonly prefer_greedy?: number;
}

const names = hasSharedData() ? readdirSync(sharedData("pabulib/expected")).sort() : [];

test("the reference data is there, or was named as not run", () => {
  expect(names.length === 0 ? "absent" : names.length).toBe(
    process.env.CI === "true" || names.length > 0 ? 10 : "absent",
  );
});

describe.each(names)("%s", (name) => {
  const reference = JSON.parse(readFileSync(sharedData(`pabulib/expected/${name}`), "utf8")) as Reference;
  const file = parsePabulib(readFileSync(sharedData(`pabulib/${reference.file}`), "utf8"));

  test.each(Object.entries(reference.results))("%s", (result, expected) => {
    const outcome = allocate(file.instance, ruleFor(result, expected, incrementOf(reference)));
    const { moneyDecimals } = outcome;
    if (expected.prefer_mes !== undefined) {
      expect(outcome.comparison).toMatchObject({
        prefersOutcome: expected.prefer_mes,
        prefersGreedy: expected.prefer_greedy,
      });
      return;
    }
    expect(outcome.selected).toEqual(expected.order);
    expect([...outcome.selected].sort()).toEqual([...(expected.selected ?? [])].sort());
    expect(formatDecimal(outcome.cost, moneyDecimals)).toBe(expected.cost);
    if (expected.endowment !== undefined)
      expect(endowmentOf(outcome.endowment, moneyDecimals)).toBe(expected.endowment);
    if (expected.iterations !== undefined) expect(outcome.iterations).toBe(expected.iterations);
    if (expected.stop !== undefined) expect(outcome.stop).toBe(expected.stop);
  });

  const official = reference.official;
  test.each(official?.equals ?? [])("the city's own decision is that of %s", (result) => {
    const outcome = allocate(
      file.instance,
      ruleFor(result, reference.results[result] ?? {}, incrementOf(reference)),
    );
    expect(new Set(outcome.selected)).toEqual(new Set(official?.selected));
    expect(new Set(outcome.selected)).toEqual(selectedInFile(file));
  });
});

/** The projects that the file itself marks as selected. */
function selectedInFile({ document }: PabulibFile): Set<string> {
  const { projectColumns, projects } = document();
  const [id, selected] = [projectColumns.indexOf("project_id"), projectColumns.indexOf("selected")];
  return new Set(projects.flatMap((fields) => (fields[selected] === "1" ? [fields[id] ?? ""] : [])));
}

function endowmentOf(endowment: { n: bigint; d: bigint } | null, moneyDecimals: number): string | null {
  return endowment === null
    ? null
    : formatRational(rational(endowment.n, endowment.d * 10n ** BigInt(moneyDecimals)));
}

/** One increment holds for a file; results that do not name it share that of those which do. */
function incrementOf(reference: Reference): number {
  return Math.max(...Object.values(reference.results).map(({ increment = 1 }) => increment));
}

function ruleFor(name: string, result: ReferenceResult, increment: number): RuleSpec {
  if (name === "greedy_votes" || name === "greedy_points") return parseRule({ rule: "greedy" });
  if (name.endsWith("_per_cost")) return parseRule({ rule: "greedy-per-cost" });
  if (name === "greedy_votes_threshold")
    return parseRule({ rule: "greedy", threshold: String(result.threshold) });
  if (name === "phragmen") return parseRule({ rule: "phragmen" });
  const match = /^mes_(cost|card|points_x_cost|points)(?:_(.+))?$/.exec(name);
  const utility = UTILITIES[match?.[1] ?? ""];
  const options = COMPLETIONS[match?.[2] ?? ""];
  if (utility === undefined || options === undefined)
    throw new Error(`no rule is known for the result ${name}`);
  return parseRule({ rule: "mes", utility, increment: String(increment), ...options });
}

const UTILITIES: Readonly<Record<string, string>> = {
  cost: "cost",
  card: "cardinality",
  points: "points",
  points_x_cost: "points-x-cost",
};

const COMPLETIONS: Readonly<Record<string, object>> = {
  "": { completion: "none" },
  utilitarian: { completion: "utilitarian" },
  add1: { completion: "add1", start: "exact", stop: "exhaustive" },
  add1_integral: { completion: "add1", start: "floor", stop: "exhaustive" },
  add1u_integral: { completion: "add1u", start: "floor", stop: "exhaustive" },
  add1_integral_noexh: { completion: "add1", start: "floor", stop: "overspend" },
  comparison: { completion: "add1u", start: "floor", stop: "exhaustive", comparison: true },
};
