import { fieldPosition, PabulibError, type Row, readRows } from "../../voting/pabulib/csv";
import type { PabulibFile } from "../../voting/pabulib/parse";
import { formatDecimal, parseDecimal } from "../../voting/rational";

const ID_COLUMNS = ["project_id", "project", "id", "name"];
const SCORE_COLUMNS = ["technical_score", "score", "technical", "technical_points", "points"];

/**
 * Technical scores by project id, from a CSV (`,` or `;`) with a column for the project (its id, or its
 * name in the .pb file) and one for the score; of two columns the first is the project, whatever they are
 * called. Throws PabulibError with line and column for a project that is not there, listed twice or
 * without a score.
 */
export function readScores(source: string, file: PabulibFile): Record<string, string> {
  const text = source.startsWith("\uFEFF") ? source.slice(1) : source;
  const firstLine = text.split(/\r\n|\n|\r/, 1)[0] ?? "";
  const delimiter = (firstLine.includes(";") ? ";" : ",").charCodeAt(0);
  const [first, ...others] = readRows(text, delimiter);
  if (first === undefined) throw new PabulibError(1, 1, "the file of scores is empty");
  const wrong = (row: Row, column: number, reason: string) => {
    const place = fieldPosition(text, row, column, delimiter);
    return new PabulibError(place.line, place.column, reason);
  };
  const columns = first.fields.map((field) => field.trim().toLowerCase());
  const find = (names: readonly string[], otherwise: number, what: string) => {
    const place = columns.findIndex((column) => names.includes(column));
    if (place !== -1) return place;
    if (columns.length === 2) return otherwise;
    throw wrong(first, 0, `no column holds the ${what}; it can be ${names.join(", ")}`);
  };
  const idColumn = find(ID_COLUMNS, 0, "project");
  const scoreColumn = find(SCORE_COLUMNS, 1, "technical score");
  const hasHeader = parseDecimal(columns[scoreColumn] ?? "") === null;
  const rows = hasHeader ? others : [first, ...others];
  const idOf = projectFinder(file);
  const scores = new Map<string, string>();
  for (const row of rows) {
    const project = row.fields[idColumn]?.trim() ?? "";
    const id = idOf(project);
    if (id === null) throw wrong(row, idColumn, `project "${project}" is not in the .pb file`);
    if (scores.has(id)) throw wrong(row, idColumn, `project "${project}" has a score already`);
    const written = row.fields[scoreColumn]?.trim() ?? "";
    const score = parseDecimal(written);
    if (score === null)
      throw wrong(row, scoreColumn, `the score of "${project}" is "${written}", which is not a number`);
    scores.set(id, formatDecimal(score.units, score.decimals));
  }
  const missing = file.instance.projects.find(({ id }) => !scores.has(id));
  if (missing !== undefined) {
    throw wrong(rows.at(-1) ?? first, 0, `project ${missing.id} of the .pb file has no score here`);
  }
  return Object.fromEntries(scores);
}

/** Finds an id by itself, else by a name that only one project has. */
function projectFinder(file: PabulibFile): (project: string) => string | null {
  const ids = new Set(file.instance.projects.map(({ id }) => id));
  const byName = new Map<string, string | null>();
  for (const [id, name] of file.names) byName.set(name, byName.has(name) ? null : id);
  return (project) => (ids.has(project) ? project : (byName.get(project) ?? null));
}
