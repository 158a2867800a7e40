import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PabulibError } from "./csv";
import type { PabulibDocument } from "./document";
import { parsePabulib } from "./parse";
import { writePabulib } from "./write";

const lines = [
  "META",
  "key;value",
  "budget;100",
  "vote_type;approval",
  "PROJECTS",
  "project_id;cost;name",
  "a;60;Alberi",
  "b;50;Banchi",
  "VOTES",
  "voter_id;vote",
  "1;a,b",
  "2;b",
];

/** The small file with some lines replaced (counted from 1). */
function file(replaced: Readonly<Record<number, string>>, end = "\n"): string {
  return lines.map((line, index) => replaced[index + 1] ?? line).join(end);
}

const points = { 4: "vote_type;cumulative", 10: "voter_id;vote;points", 11: "1;a,b;3,4", 12: "2;b;5" };

function wrong(text: string): [line: number, column: number, reason: string] {
  try {
    parsePabulib(text);
  } catch (error) {
    if (error instanceof PabulibError) return [error.line, error.column, error.reason];
    throw error;
  }
  throw new Error("the file was read");
}

describe("what is wrong is told with line and column", () => {
  test.each<[string, Readonly<Record<number, string>>, number, number, RegExp]>([
    ["an empty file", Object.fromEntries(lines.map((_, i) => [i + 1, ""])), 1, 1, /META is missing/],
    ["no sections", { 1: "budget;5" }, 1, 1, /does not begin with a section/],
    ["no PROJECTS", { 5: "", 6: "", 7: "", 8: "" }, 12, 1, /PROJECTS is missing/],
    ["a section twice", { 9: "META" }, 9, 1, /META begins a second time/],
    ["a section without columns", { 10: "", 11: "", 12: "" }, 9, 1, /VOTES has no line naming/],
    ["META without key;value", { 2: "" }, 3, 1, /key;value/],
    ["a META line without value", { 3: "budget" }, 3, 1, /budget has no value/],
    ["no budget", { 3: "unit;Prova" }, 2, 1, /does not give the budget/],
    ["an empty budget", { 3: "budget; " }, 3, 9, /budget has no value/],
    ["a budget in words", { 3: "budget; lots" }, 3, 9, /budget is "lots"/],
    ["thousands separators", { 3: "budget;1,000,000" }, 3, 8, /not a number/],
    ["a negative budget", { 3: "budget;-1" }, 3, 8, /negative/],
    ["a budget twice", { 4: "budget;50" }, 4, 1, /budget a second time/],
    ["no vote_type", { 4: "unit;Prova" }, 2, 1, /vote_type/],
    ["an unknown vote_type", { 4: "vote_type;quadratic" }, 4, 11, /"quadratic"; it can be approval/],
    [
      "a limit that is no whole number",
      { 2: "key;value\nmax_length;2.5" },
      3,
      12,
      /max_length is not a whole/,
    ],
    ["no column cost", { 6: "project_id;price;name" }, 6, 1, /PROJECTS has no column cost/],
    ["no column project_id", { 6: "id;cost;name" }, 6, 1, /no column project_id/],
    ["a column twice", { 6: "project_id;cost;cost" }, 6, 17, /cost is named twice/],
    ["a missing field", { 8: "b;50" }, 8, 5, /2 fields where the columns are 3: name is missing/],
    ["a field too many", { 8: "b;50;Banchi;x" }, 8, 13, /4 fields where the columns are 3/],
    ["a cost in words", { 7: "a; much;Alberi" }, 7, 4, /cost of project a is "much"/],
    ["a negative cost", { 7: "a;-5;Alberi" }, 7, 3, /negative/],
    ["an empty cost", { 7: "a;;Alberi" }, 7, 3, /not a number/],
    ["an id twice", { 8: "a;50;Banchi" }, 8, 1, /project_id a stands already on line 7/],
    ["an empty id", { 8: ";50;Banchi" }, 8, 1, /no project_id/],
    ["no column vote", { 10: "voter_id;choice" }, 10, 1, /VOTES has no column vote/],
    ["no column voter_id", { 10: "voter;vote" }, 10, 1, /VOTES has no column voter_id/],
    ["an empty voter_id", { 11: ";a" }, 11, 1, /no voter_id/],
    ["a voter twice", { 12: "1;b" }, 12, 1, /voter_id 1 stands already on line 11/],
    ["an unknown project", { 11: "1;a, zz" }, 11, 6, /project zz is not among/],
    ["an empty place in a list", { 11: "1;a,,b" }, 11, 5, /an id is missing/],
    ["a quote never closed", { 7: 'a;60;"Alberi' }, 7, 6, /never closed/],
    ["a quote closed lines later", { 7: 'a;60;"Alberi', 8: 'b;50;"Banchi"' }, 7, 6, /never closed/],
    ["no column points", { ...points, 10: "voter_id;vote;score" }, 10, 1, /no column points/],
    ["points in words", { ...points, 11: "1;a,b;3,many" }, 11, 9, /"many", which is not a number/],
    ["points missing", { ...points, 11: "1;a,b;3" }, 11, 7, /1 numbers of points stand beside 2/],
    ["points with too many digits", { ...points, 11: "1;a,b;3,0.1234567891" }, 11, 9, /too many digits/],
    [
      "a drawn order that lacks a project",
      { 2: "key;value\ntie_breaking_order;a" },
      3,
      20,
      /every project once/,
    ],
  ])("%s", (_, replaced, line, column, reason) => {
    for (const end of ["\n", "\r\n"]) {
      const [atLine, atColumn, why] = wrong(
        file(replaced, end).replaceAll("\n", end).replaceAll("\r\r", "\r"),
      );
      expect(why).toMatch(reason);
      expect([atLine, atColumn]).toEqual([line, column]);
    }
  });

  test("lines inside quotes are counted, and columns in characters", () => {
    expect(wrong(file({ 7: 'a;60;"Alberi\ne fiori"', 8: "b;x;🌳" })).slice(0, 2)).toEqual([9, 3]);
    expect(wrong(file({ 6: "name;project_id;cost", 7: "🌳🌳;a;1", 8: "🌳🌳;b;x" })).slice(0, 2)).toEqual([
      8, 6,
    ]);
  });
});

test("what does not matter for the count is a warning", () => {
  const { warnings } = parsePabulib(file({ 2: "key;value\nnum_votes;3\nnum_projects;2" }));
  expect(warnings).toEqual(["META says num_votes is 3, the file holds 2"]);
});

test("sections may come in any order, blank lines and fields at the end are ignored", () => {
  const [meta, projects, votes] = [lines.slice(0, 4), lines.slice(4, 8), lines.slice(8)];
  const shuffled = [...votes, "", ...projects, ";;", ...meta].join("\n");
  expect(parsePabulib(shuffled).instance).toEqual(parsePabulib(file({})).instance);
  expect(parsePabulib(file({ 1: "META;;", 7: "a;60;Alberi;;" })).instance).toEqual(
    parsePabulib(file({})).instance,
  );
});

test("any document is written and read back the same", { timeout: 60_000 }, () => {
  const text = fc.string({ unit: "grapheme", maxLength: 12 }).map((value) => value.trim());
  const odd = fc.constantFrom('"', '"a" b', "a;b", "x\ny", 'say "x"', "", "none", "META;x", "é", "🌳");
  const field = fc.oneof(text, odd);
  const row = fc.tuple(field, field);
  const documents = fc
    .record({
      keys: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 4 }),
      values: fc.array(field, { minLength: 4, maxLength: 4 }),
      projects: fc.array(row, { minLength: 2, maxLength: 2 }),
      votes: fc.array(row, { minLength: 2, maxLength: 2 }),
    })
    .map(
      ({ keys, values, projects, votes }): PabulibDocument => ({
        meta: [
          ["budget", "12.5"],
          ["vote_type", "approval"],
          ...keys.map((key, index) => [`x_${key}`, values[index] ?? ""] as const),
        ],
        projectColumns: ["project_id", "cost", "name", "category"],
        projects: projects.map((fields, index) => [`p${index}`, "5.25", ...fields]),
        voteColumns: ["voter_id", "vote", "age", "note"],
        votes: votes.map((fields, index) => [`v${index}`, "p1,p0", ...fields]),
      }),
    );
  fc.assert(
    fc.property(documents, (document) => {
      expect(parsePabulib(writePabulib(document)).document()).toEqual(document);
    }),
    { numRuns: 500 },
  );
});

test("no text makes the reader fail in another way than by saying where", { timeout: 60_000 }, () => {
  const pieces = fc.constantFrom(
    ...lines,
    ";",
    '"',
    "\r\n",
    "\n",
    ",",
    "a",
    "-1",
    "1e5",
    "VOTES",
    "\uFEFF",
    " ",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), fc.boolean(), (parts, newlines) => {
      const text = parts.join(newlines ? "\n" : "");
      try {
        parsePabulib(text);
      } catch (error) {
        expect(error).toBeInstanceOf(PabulibError);
        const { line, column } = error as PabulibError;
        expect(line).toBeGreaterThan(0);
        expect(column).toBeGreaterThan(0);
      }
    }),
    { numRuns: 2000 },
  );
});
