import { canonicalJson } from "../../protocol/canonical-json";
import { VotingError } from "../errors";
import { comparePoints } from "../natural-order";
import { type Decimal, formatDecimal, parseDecimal } from "../rational";
import type { Utility } from "./mes";

/**
 * Raised with every change that could alter an outcome or its explanation. It is part of what is hashed
 * when a round is frozen, so that a count by other code than the one announced is seen.
 */
export const RULE_CODE_VERSION = "1";

export interface GreedySpec {
  readonly rule: "greedy";
  /** Go on after a project that does not fit. */
  readonly skip: boolean;
  /** Least votes (or points) as a decimal; null for none. */
  readonly threshold: string | null;
  /** Offer what is left to the first project that does not fit. */
  readonly residue: boolean;
  /** Pairs of project ids of which at most one is taken. */
  readonly incompatible: readonly (readonly [string, string])[];
}

export interface GreedyPerCostSpec {
  readonly rule: "greedy-per-cost";
}

export type Completion = "none" | "utilitarian" | "add1" | "add1u";

export interface EqualSharesSpec {
  readonly rule: "mes";
  readonly utility: Utility;
  readonly completion: Completion;
  /** Without add1 the start is always exact. */
  readonly start: "exact" | "floor";
  readonly stop: "exhaustive" | "overspend";
  /** A decimal above 0 in the currency unit, of at most LONGEST_PARAMETER digits before and after the separator. */
  readonly increment: string;
  /** Let greedy by votes stand where strictly more voters prefer it. */
  readonly comparison: boolean;
}

export interface PhragmenSpec {
  readonly rule: "phragmen";
}

export interface ScorePlusVotesSpec {
  readonly rule: "score-plus-votes";
  /** Points of the project with most votes, as a decimal. */
  readonly weight: string;
  /** Technical points of each project id, as decimals. */
  readonly scores: Readonly<Record<string, string>>;
}

/** An allocation rule by name and parameters: plain JSON, complete once it went through `parseRule`. */
export type RuleSpec = GreedySpec | GreedyPerCostSpec | EqualSharesSpec | PhragmenSpec | ScorePlusVotesSpec;

export type RuleName = RuleSpec["rule"];

/** The parameters that belong to each rule. */
export const RULE_PARAMETERS: Readonly<Record<RuleName, readonly string[]>> = {
  greedy: ["skip", "threshold", "residue", "incompatible"],
  "greedy-per-cost": [],
  mes: ["utility", "completion", "start", "stop", "increment", "comparison"],
  phragmen: [],
  "score-plus-votes": ["weight", "scores"],
};

/**
 * Reads a rule from JSON: fills defaults, normalises decimals and pairs, and makes what cannot matter
 * (the start of `none` and `utilitarian`) always the same.
 * Throws VotingError `rule-unknown` or `rule-parameter`, naming the parameter.
 */
export function parseRule(value: unknown): RuleSpec {
  if (!isRecord(value)) throw new VotingError("rule-unknown", "a rule is an object with a name");
  const { rule: name, ...given } = value;
  if (!isRuleName(name)) {
    throw new VotingError("rule-unknown", `there is no rule ${String(name)}`, { rule: String(name) });
  }
  for (const key of Object.keys(given)) {
    if (!RULE_PARAMETERS[name].includes(key))
      throw parameterError(key, `does not belong to the rule ${name}`);
  }
  switch (name) {
    case "greedy":
      return {
        rule: name,
        skip: flag(given, "skip", true),
        threshold: given.threshold == null ? null : decimal(given, "threshold", "0", () => true),
        residue: flag(given, "residue", false),
        incompatible: pairs(given.incompatible),
      };
    case "mes": {
      const completion = choice(given, "completion", ["add1u", "add1", "utilitarian", "none"]);
      const increments = completion === "add1" || completion === "add1u";
      const start = choice(given, "start", ["exact", "floor"]);
      const stop = choice(given, "stop", ["exhaustive", "overspend"]);
      const increment = decimal(given, "increment", "1", ({ units }) => units > 0n);
      return {
        rule: name,
        utility: choice(given, "utility", ["cost", "cardinality", "points", "points-x-cost"]),
        completion,
        start: increments ? start : "exact",
        stop: increments ? stop : "exhaustive",
        increment: increments ? increment : "1",
        comparison: flag(given, "comparison", false),
      };
    }
    case "score-plus-votes":
      return {
        rule: name,
        weight: decimal(given, "weight", "50", ({ units }) => units >= 0n),
        scores: scoresOf(given.scores),
      };
    case "greedy-per-cost":
    case "phragmen":
      return { rule: name };
  }
}

/**
 * The rule as the one text that is hashed into the ledger: canonical JSON of the complete specification with RULE_CODE_VERSION under `code`.
 */
export function canonicalRule(spec: RuleSpec): string {
  return canonicalJson({ ...parseRule(spec), code: RULE_CODE_VERSION });
}

/** A decimal of a specification that went through `parseRule`. Throws VotingError otherwise. */
export function readDecimal(text: string): Decimal {
  const value = parseDecimal(text);
  if (value === null) throw new VotingError("rule-parameter", `"${text}" is not a decimal number`);
  return value;
}

/** Digits of a decimal among a rule's parameters: no city raises shares by less than a millionth of a cent. */
const LONGEST_PARAMETER = 9;
const MOST_UNITS = 10n ** BigInt(2 * LONGEST_PARAMETER);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isRuleName(name: unknown): name is RuleName {
  return typeof name === "string" && Object.hasOwn(RULE_PARAMETERS, name);
}

function parameterError(parameter: string, what: string): VotingError {
  return new VotingError("rule-parameter", `${parameter} ${what}`, { parameter });
}

function flag(given: Record<string, unknown>, key: string, otherwise: boolean): boolean {
  const value = given[key] ?? otherwise;
  if (typeof value !== "boolean") throw parameterError(key, "is neither true nor false");
  return value;
}

/** One of `options`; the first when nothing is given. */
function choice<T extends string>(
  given: Record<string, unknown>,
  key: string,
  options: readonly [T, ...T[]],
): T {
  const value = given[key] ?? options[0];
  const found = options.find((option) => option === value);
  if (found === undefined) throw parameterError(key, `is not one of ${options.join(", ")}`);
  return found;
}

function decimal(
  given: Record<string, unknown>,
  key: string,
  otherwise: string,
  accepts: (value: Decimal) => boolean,
): string {
  const text = given[key] ?? otherwise;
  const value = typeof text === "string" ? parseDecimal(text) : null;
  const fits =
    value !== null &&
    value.decimals <= LONGEST_PARAMETER &&
    value.units < MOST_UNITS &&
    value.units > -MOST_UNITS;
  if (value === null || !fits || !accepts(value))
    throw parameterError(key, `cannot be ${JSON.stringify(text)}`);
  return formatDecimal(value.units, value.decimals);
}

function pairs(value: unknown): (readonly [string, string])[] {
  if (value == null) return [];
  if (!Array.isArray(value)) throw parameterError("incompatible", "is not a list of pairs");
  const seen = new Map<string, readonly [string, string]>();
  for (const pair of value) {
    const [a, b, ...more]: unknown[] = Array.isArray(pair) ? pair : [];
    if (typeof a !== "string" || typeof b !== "string" || more.length > 0 || a === b) {
      throw parameterError("incompatible", "holds something that is not two different projects");
    }
    const ordered: readonly [string, string] = comparePoints(a, b) < 0 ? [a, b] : [b, a];
    seen.set(JSON.stringify(ordered), ordered);
  }
  return [...seen.values()].sort((x, y) => comparePoints(x[0], y[0]) || comparePoints(x[1], y[1]));
}

function scoresOf(value: unknown): Record<string, string> {
  if (!isRecord(value)) throw parameterError("scores", "is not an object of technical scores by project");
  const scores = new Map<string, string>();
  for (const id of Object.keys(value).sort(comparePoints))
    scores.set(
      id,
      decimal(value, id, "", () => true),
    );
  return Object.fromEntries(scores);
}
