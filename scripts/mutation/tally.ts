import { readFile } from "node:fs/promises";
import type { MutantResult } from "@stryker-mutator/api/core";
import type { Equivalent } from "./equivalents";

export type Tally = {
  tried: number;
  killed: number;
  /** `killed` of `tried`, in per cent. */
  noticed: number;
  /** What nothing noticed, one line each: place, what stood there, what stood there instead. */
  survivors: readonly string[];
  /** How many were not counted because nothing could notice them. */
  equivalent: number;
};

const killedStatus = ["Killed", "Timeout"];
const survivedStatus = ["Survived", "NoCoverage"];

/** Counts results; a change outside of the sample, and one after which nothing runs at all, is not counted. */
export async function tallyOf(
  results: readonly MutantResult[],
  equivalents: readonly Equivalent[] = [],
): Promise<Tally> {
  const killed = results.filter(({ status }) => killedStatus.includes(status)).length;
  const survived = await Promise.all(
    results.filter(({ status }) => survivedStatus.includes(status)).map(describe),
  );
  const known = new Set(equivalents.map(nameOf));
  const left = survived.filter((one) => !known.has(nameOf(one)));
  const tried = killed + left.length;
  return {
    ...{ tried, killed, noticed: tried === 0 ? 100 : (100 * killed) / tried },
    survivors: left.map(({ place, from, to, note }) => `${place} ${from} → ${to}${note}`).sort(),
    equivalent: survived.length - left.length,
  };
}

export function wordsOf({ tried, killed, survivors, equivalent }: Tally): string {
  const set = equivalent > 0 ? ` ${equivalent} more change nothing that could be noticed.` : "";
  return [`${killed} of ${tried} changes were noticed.${set}`, ...survivors].join("\n");
}

function nameOf({ file, from, to }: Pick<Equivalent, "file" | "from" | "to">): string {
  return `${file} ${from} → ${to}`;
}

async function describe({ fileName: file, location, replacement, status }: MutantResult) {
  const { start, end } = location;
  const lines = (await readFile(file, "utf8")).split("\n").slice(start.line - 1, end.line);
  lines[lines.length - 1] = (lines.at(-1) ?? "").slice(0, end.column - 1);
  lines[0] = (lines[0] ?? "").slice(start.column - 1);
  return {
    file,
    place: `${file}:${start.line}:${start.column}`,
    from: onOneLine(lines.join("\n")),
    to: onOneLine(replacement ?? ""),
    note: status === "NoCoverage" ? " (no test comes here)" : "",
  };
}

function onOneLine(text: string): string {
  const short = text.replaceAll(/\s+/g, " ");
  return short.length > 160 ? `${short.slice(0, 159)}…` : short;
}
