/** What happens at a desk when, and sheets of paper as they are typed. Pure. */
import { canonicalJson } from "@/protocol/canonical-json";
import type { RecordOf } from "@/protocol/records";
import { LEAST_SHEETS, MOST_SHEETS, type Sheet } from "@/protocol/records/desk";
import { naturalCompare } from "@/voting/natural-order";

/** Sheets as they were typed, or what keeps them from being read: how many there are, or the first line that says nothing. */
export type TypedSheets = { sheets: Sheet[] } | { count: number } | { line: number; typed: string };

/** A line for a sheet: numbers of its choices, `x` where it cannot be read, `s` where a sign makes it recognisable. */
export function readSheets(text: string): TypedSheets {
  const lines = text.split("\n").map((line) => line.trim().toLowerCase());
  const sheets: Sheet[] = [];
  for (const [index, line] of lines.entries()) {
    if (line === "") continue;
    const sheet = readSheet(line);
    if (!sheet) return { line: index + 1, typed: line.slice(0, 30) };
    sheets.push(sheet);
  }
  if (sheets.length < LEAST_SHEETS || sheets.length > MOST_SHEETS) return { count: sheets.length };
  // In an order that does not tell which sheet came first.
  return { sheets: sheets.sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1)) };
}

/** What the sheets of a bundle say and how many say it, most first: so a second person compares piles, and not one by one. */
export function piles(sheets: readonly Sheet[]): { text: string; count: number }[] {
  const byText = Map.groupBy(sheets, sheetText);
  return [...byText]
    .map(([text, { length }]) => ({ text, count: length }))
    .sort((a, b) => b.count - a.count || naturalCompare(a.text, b.text));
}

function readSheet(line: string): Sheet | undefined {
  if (line === "x") return { fault: "unreadable" };
  if (line === "s") return { fault: "recognisable" };
  if (line === "0") return { choices: [] };
  const [choices, points] = line.split(":").map(readNumbers);
  if (!choices || choices.length === 0) return undefined;
  if (!line.includes(":")) return { choices };
  return points ? { choices, points } : undefined;
}

function readNumbers(text: string): number[] | undefined {
  const numbers = text.trim().split(/[\s,;]+/);
  return numbers.every((one) => /^[1-9]\d{0,2}$/.test(one)) ? numbers.map(Number) : undefined;
}

/** As it is typed. */
export function sheetText(sheet: Sheet): string {
  if ("fault" in sheet) return sheet.fault === "unreadable" ? "x" : "s";
  const { choices, points } = sheet;
  if (choices.length === 0) return "0";
  return points ? `${choices.join(" ")} : ${points.join(" ")}` : choices.join(" ");
}

type Sealing = Pick<RecordOf<"sealing">, "state" | "paper">;

/** Whether sheets can be balanced and entered: the vote is closed and no key is released. */
export function areCounted({ state, paper }: Sealing, isClosed: boolean): boolean {
  return isClosed && paper === undefined && state !== "released";
}

/** Nobody at a desk knows in whose area somebody votes: there are desks where the whole municipality is one. */
export function hasDesks({ areas }: Pick<RecordOf<"sealing">, "areas">): boolean {
  return areas.length === 1;
}

export const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

export function nameOf({ houses }: { houses: ReadonlyMap<string, string> }, station: string): string {
  return houses.get(station) ?? station;
}
