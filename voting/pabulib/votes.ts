import type { BallotForm } from "../ballots/content";
import { packBallots } from "../ballots/pack";
import { type ProjectList, type VoidReason, validateBallot } from "../ballots/validate";
import type { Decimal } from "../rational";
import { columnOf, fieldsOf, type Sections } from "./document";

/** A ballot of a file that breaks the file's own limits, with its voter and line. */
export interface VoidVote {
  readonly voter: string;
  readonly line: number;
  readonly reason: VoidReason;
}

/** Told now and then how many votes of how many are read; for a progress bar. */
export type OnVotesRead = (read: number, total: number) => void;

const TOLD_EVERY = 4096;

/** Packs the votes that are within their limits and lists the others. Throws PabulibError. */
export function readVotes(
  sections: Sections,
  form: BallotForm,
  list: ProjectList,
  unmentioned: Decimal | null,
  onRead?: OnVotesRead,
) {
  const section = sections.votes;
  const voterColumn = columnOf(sections, section, "VOTES", "voter_id");
  const voteColumn = columnOf(sections, section, "VOTES", "vote");
  const pointsColumn = form.type === "points" ? columnOf(sections, section, "VOTES", "points") : -1;
  const lines = new Map<string, number>();
  const pack = packBallots(form, list.projects.length, unmentioned);
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
    if (lines.size % TOLD_EVERY === 0) onRead?.(lines.size, section.rows.length);
    const choices = items(fields[voteColumn] ?? "");
    const content =
      form.type === "points"
        ? { type: form.type, choices, points: items(fields[pointsColumn] ?? "") }
        : { type: form.type, choices };
    const validation = validateBallot(content, form, list);
    if (validation.valid) {
      pack.add(validation.ballot);
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
  return { ...pack.finish(), void: voided };
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
