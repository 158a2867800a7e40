import type { Project } from "../allocation/instance";
import { type Decimal, formatDecimal, parseDecimal, rescale } from "../rational";
import type { BallotContent, BallotForm } from "./content";

/** Why a ballot is void; `details` fill the sentence shown to its voter. */
export interface VoidReason {
  readonly code:
    | "wrong-type"
    | "unknown-project"
    | "repeated-project"
    | "too-few-choices"
    | "too-many-choices"
    | "too-many-of-group"
    | "cost-too-low"
    | "cost-too-high"
    | "points-missing"
    | "points-not-a-number"
    | "points-negative"
    | "points-too-low"
    | "points-too-high"
    | "points-too-precise"
    | "sum-too-low"
    | "sum-too-high";
  readonly details: Readonly<Record<string, string>>;
}

/** The projects on the ballot, found by id. */
export interface ProjectList {
  readonly projects: readonly Project[];
  readonly indexOf: ReadonlyMap<string, number>;
}

/** A ballot within its limits: project indices, and the points as written where there are any. */
export interface ValidBallot {
  readonly projects: readonly number[];
  readonly points: readonly Decimal[] | null;
}

export type Validation =
  | { readonly valid: true; readonly ballot: ValidBallot }
  | { readonly valid: false; readonly reason: VoidReason };

export function projectList(projects: readonly Project[]): ProjectList {
  return { projects, indexOf: new Map(projects.map(({ id }, index) => [id, index])) };
}

/** Checks one ballot against the form of its round. A void ballot carries the first reason found. */
export function validateBallot(content: BallotContent, form: BallotForm, list: ProjectList): Validation {
  if (content.type !== form.type) return broken("wrong-type", { type: content.type, expected: form.type });
  const projects: number[] = [];
  for (const id of content.choices) {
    const project = list.indexOf.get(id);
    if (project === undefined) return broken("unknown-project", { project: id });
    if (projects.includes(project)) return broken("repeated-project", { project: id });
    projects.push(project);
  }
  const count = projects.length;
  if (form.minChoices !== null && count < form.minChoices) {
    return broken("too-few-choices", { choices: String(count), least: String(form.minChoices) });
  }
  if (form.maxChoices !== null && count > form.maxChoices) {
    return broken("too-many-choices", { choices: String(count), most: String(form.maxChoices) });
  }
  const reason = checkGroups(content.choices, form) ?? checkCost(projects, form, list.projects);
  if (reason !== null) return { valid: false, reason };
  if (content.type !== "points") return { valid: true, ballot: { projects, points: null } };
  if (content.points.length !== count) {
    return broken("points-missing", { choices: String(count), points: String(content.points.length) });
  }
  return checkPoints(projects, content.points, form);
}

function checkGroups(choices: readonly string[], { groups }: BallotForm): VoidReason | null {
  for (const { projects, maxChoices } of groups) {
    const chosen = choices.filter((id) => projects.includes(id)).length;
    if (chosen > maxChoices) {
      return { code: "too-many-of-group", details: { choices: String(chosen), most: String(maxChoices) } };
    }
  }
  return null;
}

function checkCost(
  chosen: readonly number[],
  form: BallotForm,
  projects: readonly Project[],
): VoidReason | null {
  const { minCost, maxCost } = form;
  if (minCost === null && maxCost === null) return null;
  const cost = chosen.reduce((sum, project) => sum + (projects[project]?.cost ?? 0n), 0n);
  if (minCost !== null && cost < minCost) {
    return { code: "cost-too-low", details: { cost: String(cost), least: String(minCost) } };
  }
  if (maxCost !== null && cost > maxCost) {
    return { code: "cost-too-high", details: { cost: String(cost), most: String(maxCost) } };
  }
  return null;
}

/** Fifteen digits keep every number of points a safe integer, whatever the others' decimals. */
const MOST_DIGITS = 15;
const MOST_DECIMALS = 9;

function checkPoints(projects: readonly number[], written: readonly string[], form: BallotForm): Validation {
  const limits = {
    least: decimalOrNull(form.minPoints),
    most: decimalOrNull(form.maxPoints),
    leastSum: decimalOrNull(form.minSum),
    mostSum: decimalOrNull(form.maxSum),
  };
  const mostDecimals = Math.min(form.maxPointDecimals ?? MOST_DECIMALS, MOST_DECIMALS);
  const mayBeNegative = limits.least !== null && limits.least.units < 0n;
  const points: Decimal[] = [];
  let sum: Decimal = { units: 0n, decimals: 0 };
  for (const text of written) {
    const value = parseDecimal(text);
    if (value === null) return broken("points-not-a-number", { points: text });
    const whole = String(value.units).replace("-", "").length - value.decimals;
    if (value.decimals > mostDecimals || whole + MOST_DECIMALS > MOST_DIGITS) {
      return broken("points-too-precise", { points: text });
    }
    if (value.units < 0n && !mayBeNegative) return broken("points-negative", { points: text });
    if (limits.least !== null && below(value, limits.least)) {
      return broken("points-too-low", { points: text, least: shown(limits.least) });
    }
    if (limits.most !== null && below(limits.most, value)) {
      return broken("points-too-high", { points: text, most: shown(limits.most) });
    }
    points.push(value);
    sum = sumOf(sum, value);
  }
  if (limits.leastSum !== null && below(sum, limits.leastSum)) {
    return broken("sum-too-low", { sum: shown(sum), least: shown(limits.leastSum) });
  }
  if (limits.mostSum !== null && below(limits.mostSum, sum)) {
    return broken("sum-too-high", { sum: shown(sum), most: shown(limits.mostSum) });
  }
  return { valid: true, ballot: { projects, points } };
}

function broken(code: VoidReason["code"], details: VoidReason["details"]): Validation {
  return { valid: false, reason: { code, details } };
}

function decimalOrNull(text: string | null): Decimal | null {
  return text === null ? null : parseDecimal(text);
}

function below(a: Decimal, b: Decimal): boolean {
  const decimals = Math.max(a.decimals, b.decimals);
  return rescale(a, decimals) < rescale(b, decimals);
}

function sumOf(a: Decimal, b: Decimal): Decimal {
  const decimals = Math.max(a.decimals, b.decimals);
  return { units: rescale(a, decimals) + rescale(b, decimals), decimals };
}

function shown(value: Decimal): string {
  return formatDecimal(value.units, value.decimals);
}
