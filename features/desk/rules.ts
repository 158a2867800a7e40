/** What happens at a desk when, and sheets of paper as they are typed. Pure. */
import { canonicalJson } from "@/protocol/canonical-json";
import type { RecordOf } from "@/protocol/records";
import { LEAST_SHEETS, MOST_SHEETS, type Sheet } from "@/protocol/records/desk";

/** A line for a sheet: numbers of its choices, `x` where it cannot be read, `s` where a sign makes it recognisable. */
export function readSheets(text: string): Sheet[] | undefined {
  const lines = text
    .split("\n")
    .map((line) => line.trim().toLowerCase())
    .filter((line) => line !== "");
  const sheets = lines.map(readSheet);
  if (sheets.length < LEAST_SHEETS || sheets.length > MOST_SHEETS || sheets.includes(undefined))
    return undefined;
  // In an order that does not tell which sheet came first.
  return (sheets as Sheet[]).sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
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

export const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

export function nameOf({ houses }: { houses: ReadonlyMap<string, string> }, station: string): string {
  return houses.get(station) ?? station;
}
