import { createInstance, type Instance, type Project } from "../allocation/instance";
import { type BallotForm, type BallotType, ballotForm } from "../ballots/content";
import {
  countBallots,
  type ProjectList,
  projectList,
  type ValidBallot,
  type VoidReason,
  validateBallot,
} from "../ballots/validate";
import { type Decimal, parseDecimal, rescale } from "../rational";
import type { Row } from "./csv";
import {
  fieldsOf,
  type PabulibDocument,
  readSections,
  type Section,
  type Sections,
  toDocument,
  trimmed,
} from "./document";

/** A ballot of a file that breaks the file's own limits, with its voter and line. */
export interface VoidVote {
  readonly voter: string;
  readonly line: number;
  readonly reason: VoidReason;
}

export interface PabulibFile {
  /** Ready to be counted. */
  readonly instance: Instance;
  /** The type and limits the file gives its ballots. */
  readonly form: BallotForm;
  readonly void: readonly VoidVote[];
  /** Title of each project, its id where the file has no column `name`. */
  readonly names: ReadonlyMap<string, string>;
  /** Plain sentences about what does not fit together but does not matter for the count. */
  readonly warnings: readonly string[];
  readonly document: PabulibDocument;
}

const TYPES: Readonly<Record<string, BallotType>> = {
  approval: "approval",
  "choose-1": "choice",
  cumulative: "points",
  scoring: "points",
  ordinal: "ranking",
};

/** META key of our own for the order drawn at freeze: ids separated by commas. */
export const TIE_ORDER_KEY = "tie_breaking_order";

/**
 * Reads a Pabulib `.pb` file (format: Stolicki, Szufa, Talmon, *Pabulib*, arXiv 2012.06539; pabulib.org/format).
 * Ballots that break the limits in META are void; a ballot naming a project that is not there makes the
 * file wrong. The threshold in META is not applied. Throws PabulibError with line and column.
 */
export function parsePabulib(text: string): PabulibFile {
  const sections = readSections(text);
  const meta = readMeta(sections);
  const warnings: string[] = [];
  const costs = readProjects(sections);
  const budget = meta.amount("budget") ?? meta.missing("budget");
  const limits = { minCost: meta.amount("min_sum_cost"), maxCost: meta.amount("max_sum_cost") };
  const moneyDecimals = mostDecimals([
    budget,
    limits.minCost,
    limits.maxCost,
    ...costs.map(({ cost }) => cost),
  ]);
  const units = (value: Decimal | null) => (value === null ? null : rescale(value, moneyDecimals));
  const projects: Project[] = costs.map(({ id, cost }) => ({ id, cost: rescale(cost, moneyDecimals) }));

  const type = meta.voteType();
  const form = ballotForm(type, {
    minChoices: meta.count("min_length"),
    maxChoices: meta.count("max_length") ?? (type === "choice" ? 1 : null),
    minCost: units(limits.minCost),
    maxCost: units(limits.maxCost),
    ...(type === "points"
      ? {
          minPoints: meta.decimal("min_points"),
          maxPoints: meta.decimal("max_points"),
          minSum: meta.decimal("min_sum_points"),
          maxSum: meta.decimal("max_sum_points"),
        }
      : {}),
  });
  const list = projectList(projects);
  const votes = readVotes(sections, form, list);
  const unmentioned = type === "points" ? parseDecimal(meta.decimal("default_score") ?? "0") : null;
  const valid =
    unmentioned === null || unmentioned.units === 0n
      ? votes.valid
      : votes.valid.map((ballot) => withDefault(ballot, unmentioned, projects.length));
  for (const [key, actual] of [
    ["num_projects", projects.length],
    ["num_votes", sections.votes.rows.length],
  ] as const) {
    const stated = meta.value(key);
    if (stated !== null && stated !== String(actual)) {
      warnings.push(`META says ${key} is ${stated}, the file holds ${actual}`);
    }
  }
  const { ballots, pointDecimals } = countBallots(valid, form);
  const instance = createInstance({
    budget: rescale(budget, moneyDecimals),
    projects,
    ballots,
    moneyDecimals,
    pointDecimals,
    tieOrder: meta.tieOrder(list),
  });
  const names = readNames(
    sections,
    costs.map(({ id }) => id),
  );
  return { instance, form, void: votes.void, names, warnings, document: toDocument(sections) };
}

function readMeta(sections: Sections) {
  const { header, columns, rows } = sections.meta;
  if (columns[0]?.toLowerCase() !== "key" || columns[1]?.toLowerCase() !== "value") {
    throw sections.errorAt(header, 0, "META does not begin with the line key;value");
  }
  const values = new Map<string, { readonly row: Row; readonly value: string }>();
  const known = new Set([...COUNTED_KEYS]);
  for (const row of rows) {
    const [key = "", ...rest] = trimmed(row);
    if (key === "") throw sections.errorAt(row, 0, "this line of META has no key");
    if (rest.length === 0)
      throw sections.errorAt(row, 0, `${key} has no value; key and value are separated by ;`);
    if (values.has(key) && known.has(key)) throw sections.errorAt(row, 0, `META gives ${key} a second time`);
    values.set(key, { row, value: rest.join(";") });
  }
  const wrong = (key: string, reason: string) => {
    const entry = values.get(key);
    return sections.errorAt(entry?.row ?? header, entry === undefined ? 0 : 1, reason);
  };
  const value = (key: string) => {
    const text = values.get(key)?.value ?? "";
    return text === "" ? null : text;
  };
  const number = (key: string): Decimal | null => {
    const text = value(key);
    if (text === null) return null;
    const parsed = parseDecimal(text);
    if (parsed === null) throw wrong(key, `${key} is "${text}", which is not a number`);
    return parsed;
  };
  return {
    value,
    decimal: (key: string): string | null => (number(key) === null ? null : value(key)),
    amount(key: string): Decimal | null {
      const parsed = number(key);
      if (parsed !== null && parsed.units < 0n) throw wrong(key, `${key} is negative`);
      return parsed;
    },
    count(key: string): number | null {
      const parsed = number(key);
      if (parsed === null) return null;
      if (parsed.decimals > 0 || parsed.units < 0n) throw wrong(key, `${key} is not a whole number`);
      return Number(parsed.units);
    },
    missing(key: string): never {
      throw wrong(key, values.has(key) ? `${key} has no value` : `META does not give the ${key}`);
    },
    voteType(): BallotType {
      const text = value("vote_type");
      if (text === null) throw wrong("vote_type", "META does not give the vote_type");
      const type = Object.hasOwn(TYPES, text) ? TYPES[text] : undefined;
      if (type === undefined) {
        throw wrong("vote_type", `vote_type is "${text}"; it can be ${Object.keys(TYPES).join(", ")}`);
      }
      return type;
    },
    tieOrder(list: ProjectList): readonly string[] | null {
      const text = value(TIE_ORDER_KEY);
      if (text === null) return null;
      const ids = text.split(",").map((id) => id.trim());
      const whole = new Set(ids).size === list.projects.length && ids.length === list.projects.length;
      if (!whole || !ids.every((id) => list.indexOf.has(id))) {
        throw wrong(TIE_ORDER_KEY, `${TIE_ORDER_KEY} does not hold every project once`);
      }
      return ids;
    },
  };
}

const COUNTED_KEYS = [
  "budget",
  "vote_type",
  "min_length",
  "max_length",
  "min_sum_cost",
  "max_sum_cost",
  "min_points",
  "max_points",
  "min_sum_points",
  "max_sum_points",
  "default_score",
  TIE_ORDER_KEY,
];

function readProjects(sections: Sections): { readonly id: string; readonly cost: Decimal }[] {
  const section = sections.projects;
  const idColumn = column(sections, section, "PROJECTS", "project_id");
  const costColumn = column(sections, section, "PROJECTS", "cost");
  const lines = new Map<string, number>();
  return section.rows.map((row) => {
    const fields = fieldsOf(sections, section, row);
    const id = fields[idColumn] ?? "";
    const text = fields[costColumn] ?? "";
    if (id === "") throw sections.errorAt(row, idColumn, "this project has no project_id");
    const earlier = lines.get(id);
    if (earlier !== undefined) {
      throw sections.errorAt(row, idColumn, `project_id ${id} stands already on line ${earlier}`);
    }
    lines.set(id, row.line);
    const cost = parseDecimal(text);
    if (cost === null) {
      throw sections.errorAt(
        row,
        costColumn,
        `the cost of project ${id} is "${text}", which is not a number`,
      );
    }
    if (cost.units < 0n) throw sections.errorAt(row, costColumn, `the cost of project ${id} is negative`);
    return { id, cost };
  });
}

function readNames(sections: Sections, ids: readonly string[]): Map<string, string> {
  const place = sections.projects.columns.indexOf("name");
  return new Map(ids.map((id, i) => [id, sections.projects.rows[i]?.fields[place]?.trim() || id]));
}

function readVotes(sections: Sections, form: BallotForm, list: ProjectList) {
  const section = sections.votes;
  const voterColumn = column(sections, section, "VOTES", "voter_id");
  const voteColumn = column(sections, section, "VOTES", "vote");
  const pointsColumn = form.type === "points" ? column(sections, section, "VOTES", "points") : -1;
  const lines = new Map<string, number>();
  const valid: ValidBallot[] = [];
  const voided: VoidVote[] = [];
  for (const row of section.rows) {
    const fields = fieldsOf(sections, section, row);
    const voter = fields[voterColumn] ?? "";
    if (voter === "") throw sections.errorAt(row, voterColumn, "this vote has no voter_id");
    const earlier = lines.get(voter);
    if (earlier !== undefined) {
      throw sections.errorAt(row, voterColumn, `voter_id ${voter} stands already on line ${earlier}`);
    }
    lines.set(voter, row.line);
    const choices = items(fields[voteColumn] ?? "");
    const content =
      form.type === "points"
        ? { type: form.type, choices, points: items(fields[pointsColumn] ?? "") }
        : { type: form.type, choices };
    const validation = validateBallot(content, form, list);
    if (validation.valid) {
      valid.push(validation.ballot);
      continue;
    }
    const { reason } = validation;
    const wrong = wrongField(reason, choices, content.type === "points" ? content.points : []);
    if (wrong === null) {
      voided.push({ voter, line: row.line, reason });
      continue;
    }
    const place = wrong.column === "vote" ? voteColumn : pointsColumn;
    throw sections.errorAt(row, place, wrong.what, offsetOf(row.fields[place] ?? "", wrong.item));
  }
  return { valid, void: voided };
}

/** What makes the file wrong, rather than the ballot void: text that cannot be read as a ballot at all. */
function wrongField(reason: VoidReason, choices: readonly string[], points: readonly string[]) {
  switch (reason.code) {
    case "unknown-project": {
      const id = reason.details.project ?? "";
      const what = id === "" ? "an id is missing in this list" : `project ${id} is not among the PROJECTS`;
      return { column: "vote", item: choices.indexOf(id), what } as const;
    }
    case "points-not-a-number":
    case "points-too-precise": {
      const text = reason.details.points ?? "";
      const problem =
        reason.code === "points-not-a-number" ? "which is not a number" : "which has too many digits";
      return {
        column: "points",
        item: points.indexOf(text),
        what: `points are "${text}", ${problem}`,
      } as const;
    }
    case "points-missing": {
      const what = `${points.length} numbers of points stand beside ${choices.length} projects`;
      return { column: "points", item: 0, what } as const;
    }
    default:
      return null;
  }
}

/** How far into a list (after its leading spaces) an item begins. */
function offsetOf(list: string, item: number): number {
  const parts = list.trimStart().split(",");
  const before = parts.slice(0, item).reduce((length, part) => length + [...part].length + 1, 0);
  const part = parts[item] ?? "";
  return before + (part.length - part.trimStart().length);
}

function items(list: string): string[] {
  return list === "" ? [] : list.split(",").map((item) => item.trim());
}

function withDefault(ballot: ValidBallot, points: Decimal, projectCount: number): ValidBallot {
  const mentioned = new Set(ballot.projects);
  const others = Array.from({ length: projectCount }, (_, i) => i).filter((i) => !mentioned.has(i));
  return {
    projects: [...ballot.projects, ...others],
    points: [...(ballot.points ?? []), ...others.map(() => points)],
  };
}

function column(sections: Sections, section: Section, name: string, wanted: string): number {
  const place = section.columns.indexOf(wanted);
  if (place === -1) throw sections.errorAt(section.header, 0, `${name} has no column ${wanted}`);
  return place;
}

function mostDecimals(values: readonly (Decimal | null)[]): number {
  return values.reduce((most, value) => Math.max(most, value?.decimals ?? 0), 0);
}
