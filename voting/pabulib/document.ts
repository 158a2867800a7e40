import { fieldPosition, PabulibError, type Row, RowList, readRows } from "./csv";

/** A `.pb` file as it is: every key, column and field, trimmed, in the order of the file. */
export interface PabulibDocument {
  readonly meta: readonly (readonly [key: string, value: string])[];
  readonly projectColumns: readonly string[];
  readonly projects: readonly (readonly string[])[];
  readonly voteColumns: readonly string[];
  readonly votes: readonly (readonly string[])[];
}

/** A section with the rows it came from, for the positions of errors. */
export interface Section {
  readonly header: Row;
  readonly columns: readonly string[];
  readonly rows: RowList;
}

/** The sections of a file, and what points at a place in it. */
export interface Sections {
  readonly meta: Section;
  readonly projects: Section;
  readonly votes: Section;
  /** An error at a field of a row, or `offset` characters into it. */
  readonly errorAt: (row: Row, field: number, reason: string, offset?: number) => PabulibError;
}

/** A section while it is read. */
interface OpenSection {
  readonly start: Row;
  header: Row | null;
  readonly rows: RowList;
}

type SectionName = "meta" | "projects" | "votes";

/** Splits a file into its sections. Throws PabulibError with line and column. */
export function readSections(source: string): Sections {
  const text = source.startsWith("\uFEFF") ? source.slice(1) : source;
  const found = new Map<SectionName, OpenSection>();
  const errorAt = (row: Row, field: number, reason: string, offset = 0) => {
    const { line, column } = fieldPosition(text, row, field);
    return new PabulibError(line, column + offset, reason);
  };
  let current: OpenSection | null = null;
  let lastLine = 1;
  for (const row of readRows(text)) {
    lastLine = row.line;
    const name = sectionName(row);
    if (name !== null) {
      if (found.has(name)) throw errorAt(row, 0, `the section ${name.toUpperCase()} begins a second time`);
      current = { header: null, start: row, rows: new RowList(text) };
      found.set(name, current);
    } else if (current === null) {
      throw errorAt(row, 0, "the file does not begin with a section META, PROJECTS or VOTES");
    } else if (current.header === null) {
      current.header = row;
    } else {
      current.rows.push(row);
    }
  }
  const section = (name: SectionName): Section => {
    const part = found.get(name);
    if (part === undefined) {
      throw new PabulibError(lastLine, 1, `the section ${name.toUpperCase()} is missing`);
    }
    if (part.header === null) {
      throw errorAt(part.start, 0, `the section ${name.toUpperCase()} has no line naming its columns`);
    }
    const columns = trimmed(part.header);
    columns.forEach((column, index) => {
      if (column !== "" && columns.indexOf(column) !== index && part.header !== null) {
        throw errorAt(part.header, index, `the column ${column} is named twice`);
      }
    });
    return { header: part.header, columns, rows: part.rows };
  };
  return { meta: section("meta"), projects: section("projects"), votes: section("votes"), errorAt };
}

/** The fields of a row, trimmed. */
export function trimmed(row: Row): string[] {
  return row.fields.map((field) => field.trim());
}

/** As many trimmed fields as there are columns; throws when there are fewer, or more that are not empty. */
export function fieldsOf(sections: Sections, section: Section, row: Row): string[] {
  const fields = trimmed(row);
  const wanted = section.columns.length;
  if (fields.length < wanted) {
    const missing = section.columns[fields.length] ?? "";
    const last = fields.length - 1;
    throw sections.errorAt(
      row,
      last,
      `this line has ${fields.length} fields where the columns are ${wanted}: ${missing} is missing`,
      [...(row.fields[last] ?? "")].length,
    );
  }
  for (let i = wanted; i < fields.length; i++) {
    if (fields[i] !== "") {
      throw sections.errorAt(
        row,
        i,
        `this line has ${fields.length} fields where the columns are ${wanted}; a field that holds ; stands in quotes`,
      );
    }
  }
  return fields.slice(0, wanted);
}

/** The place of a column that a section has to have. Throws PabulibError at its header. */
export function columnOf(sections: Sections, section: Section, name: string, wanted: string): number {
  const place = section.columns.indexOf(wanted);
  if (place === -1) throw sections.errorAt(section.header, 0, `${name} has no column ${wanted}`);
  return place;
}

/** The file whole, for export. Values of META that hold a `;` without quotes are kept together. */
export function toDocument(sections: Sections): PabulibDocument {
  return {
    meta: [...sections.meta.rows].map((row) => {
      const [key = "", ...value] = trimmed(row);
      return [key, value.join(";")] as const;
    }),
    projectColumns: sections.projects.columns,
    projects: [...sections.projects.rows].map((row) => fieldsOf(sections, sections.projects, row)),
    voteColumns: sections.votes.columns,
    votes: [...sections.votes.rows].map((row) => fieldsOf(sections, sections.votes, row)),
  };
}

function sectionName(row: Row): SectionName | null {
  if (row.fields.slice(1).some((field) => field.trim() !== "")) return null;
  const name = row.fields[0]?.trim().toLowerCase();
  return name === "meta" || name === "projects" || name === "votes" ? name : null;
}
