import { createInstance, type Instance, type Project } from "../allocation/instance";
import type { RuleSpec } from "../allocation/rule-spec";
import { type BallotForm, ballotForm } from "../ballots/content";
import { projectList } from "../ballots/validate";
import { type Decimal, parseDecimal, rescale } from "../rational";
import {
  columnOf,
  fieldsOf,
  type PabulibDocument,
  readSections,
  type Sections,
  toDocument,
} from "./document";
import { readMeta } from "./meta";
import { namedRule, notApplied, readCountedComment } from "./rule-in-meta";
import { type OnVotesRead, readVotes, type VoidVote } from "./votes";

export interface PabulibFile {
  /** Ready to be counted. */
  readonly instance: Instance;
  /** The type and limits the file gives its ballots. */
  readonly form: BallotForm;
  readonly void: readonly VoidVote[];
  /** The rule by which META says the file was counted, with its parameters; null when it does not say how to count. */
  readonly rule: RuleSpec | null;
  /** Plain sentences about what META asks for and a count by a rule does not do. */
  readonly notApplied: (rule: RuleSpec) => string[];
  /** Title of each project, its id where the file has no column `name`. */
  readonly names: ReadonlyMap<string, string>;
  /** Plain sentences about what does not fit together but does not matter for the count. */
  readonly warnings: readonly string[];
  /** The file whole, for export; worked out when asked for, because the votes take much memory. */
  readonly document: () => PabulibDocument;
}

/**
 * Reads a Pabulib `.pb` file (format: Stolicki, Szufa, Talmon, *Pabulib*, arXiv 2012.06539; pabulib.org/format).
 * Ballots that break the limits in META are void; a ballot naming a project that is not there makes the
 * file wrong. Throws PabulibError with line and column.
 */
export function parsePabulib(text: string, onRead?: OnVotesRead): PabulibFile {
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
  const unmentioned = parseDecimal(meta.decimal("default_score") ?? "0");
  const votes = readVotes(sections, form, list, unmentioned, onRead);
  for (const [key, actual] of [
    ["num_projects", projects.length],
    ["num_votes", sections.votes.rows.length],
  ] as const) {
    const stated = meta.value(key);
    if (stated !== null && stated !== String(actual)) {
      warnings.push(`META says ${key} is ${stated}, the file holds ${actual}`);
    }
  }
  const counted = readCountedComment(meta);
  const instance = createInstance({
    budget: rescale(budget, moneyDecimals),
    projects,
    ballots: votes.profile,
    moneyDecimals,
    pointDecimals: votes.pointDecimals,
    tieOrder: meta.tieOrder(list, counted?.tieOrder ?? null),
  });
  const names = new Map(costs.map(({ id, name }) => [id, name]));
  return {
    ...{ instance, form, void: votes.void, names, warnings },
    rule: counted?.rule ?? namedRule(meta),
    notApplied: (rule) => notApplied(meta, rule),
    document: () => toDocument(sections),
  };
}

interface ListedProject {
  readonly id: string;
  readonly cost: Decimal;
  readonly name: string;
}

function readProjects(sections: Sections): ListedProject[] {
  const section = sections.projects;
  const idColumn = columnOf(sections, section, "PROJECTS", "project_id");
  const costColumn = columnOf(sections, section, "PROJECTS", "cost");
  const nameColumn = section.columns.indexOf("name");
  const lines = new Map<string, number>();
  return [...section.rows].map((row) => {
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
    return { id, cost, name: fields[nameColumn] || id };
  });
}

function mostDecimals(values: readonly (Decimal | null)[]): number {
  return values.reduce((most, value) => Math.max(most, value?.decimals ?? 0), 0);
}
