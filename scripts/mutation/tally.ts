import { readFile } from "node:fs/promises";
import type { MutantResult } from "@stryker-mutator/api/core";

export type Tally = {
  tried: number;
  killed: number;
  /** `killed` of `tried`, in per cent. */
  noticed: number;
  /** What nothing noticed, one line each: place, what stood there, what stood there instead. */
  survivors: readonly string[];
};

const killedStatus = ["Killed", "Timeout"];
const survivedStatus = ["Survived", "NoCoverage"];

/** Counts results; a change outside of the sample, and one after which nothing runs at all, is not counted. */
export async function tallyOf(results: readonly MutantResult[]): Promise<Tally> {
  const killed = results.filter(({ status }) => killedStatus.includes(status)).length;
  const survived = results.filter(({ status }) => survivedStatus.includes(status));
  const tried = killed + survived.length;
  const survivors = await Promise.all(survived.map(lineOf));
  return { tried, killed, noticed: tried === 0 ? 100 : (100 * killed) / tried, survivors: survivors.sort() };
}

export function wordsOf({ tried, killed, survivors }: Tally): string {
  return [`${killed} of ${tried} changes were noticed.`, ...survivors].join("\n");
}

async function lineOf({ fileName, location, replacement, status }: MutantResult): Promise<string> {
  const { start, end } = location;
  const lines = (await readFile(fileName, "utf8")).split("\n").slice(start.line - 1, end.line);
  lines[lines.length - 1] = (lines.at(-1) ?? "").slice(0, end.column - 1);
  lines[0] = (lines[0] ?? "").slice(start.column - 1);
  const place = `${fileName}:${start.line}:${start.column}`;
  const note = status === "NoCoverage" ? " (no test comes here)" : "";
  return `${place} ${onOneLine(lines.join("\n"))} → ${onOneLine(replacement ?? "")}${note}`;
}

function onOneLine(text: string): string {
  const short = text.replaceAll(/\s+/g, " ");
  return short.length > 160 ? `${short.slice(0, 159)}…` : short;
}
