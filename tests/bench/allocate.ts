import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { lackingPython } from "@/scripts/test/machine";
import { pabutoolsPython } from "@/tests/voting/python-environment";
import type { CompletionFigures } from "./allocate/completion";
import type { OurFigures } from "./allocate/ours";
import { NotMeasurable } from "./measurement/module";

export const needs = "nothing";

const run = promisify(execFile);
const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const INSTANCE = path("../../../shared/data/pabulib/Poland_Lodz_2022.pb");

/**
 * Times Łódź 2022 (90,494 voters × 160 projects) here and in pabutools, one after the other on the same
 * machine, each in a process of its own and without reading the file. The ratio takes our first run in a
 * fresh process, before the engine has warmed up, against pabutools' multiprofile with gmpy2.
 */
export default async function measureAllocate(): Promise<object> {
  if (!existsSync(INSTANCE))
    throw new NotMeasurable("../shared/data/pabulib/Poland_Lodz_2022.pb is not there");
  const lacking = await lackingPython();
  if (lacking) throw new NotMeasurable(lacking);
  const python = await pabutoolsPython();
  const ours = await json<OurFigures>(process.execPath, [
    "--import",
    "tsx",
    path("allocate/ours.ts"),
    INSTANCE,
  ]);
  const theirs = await json<{ milliseconds: number; selected: string[] }>(python, [
    path("allocate/theirs.py"),
    INSTANCE,
  ]);
  const same = [...ours.selected].sort().join() === [...theirs.selected].sort().join();
  if (!same) throw new Error("the two outcomes differ, so their times say nothing");
  return {
    instance: "Łódź 2022, 90,494 voters × 160 projects",
    mes: {
      firstRunMs: ours.mesFirstMs,
      medianMs: ours.mesMedianMs,
      pabutoolsMs: theirs.milliseconds,
      timesFaster: round(theirs.milliseconds / ours.mesFirstMs),
      timesFasterWarm: round(theirs.milliseconds / ours.mesMedianMs),
    },
    add1: { firstRunMs: ours.add1FirstMs, medianMs: ours.add1MedianMs, reruns: ours.add1Reruns },
    phragmen: { firstRunMs: ours.phragmenMs },
    completions: await completions(),
    readMs: ours.readMs,
    peakMemoryMB: ours.peakMemoryMB,
  };
}

/** Few voters and much money, where one increment at a time would take tens of thousands of runs. */
async function completions(): Promise<object> {
  const found: Record<string, CompletionFigures> = {};
  for (const name of [
    "few-voters-town.pb",
    "few-voters-much-money.pb",
    "Hungary_Budapest_2023_VIII_Jozsefvaros.pb",
  ]) {
    const file = path(`../../../shared/cases/${name}`);
    if (!existsSync(file)) continue;
    const script = path("allocate/completion.ts");
    found[name] = await json<CompletionFigures>(process.execPath, ["--import", "tsx", script, file]);
  }
  return found;
}

async function json<T>(command: string, args: readonly string[]): Promise<T> {
  const { stdout } = await run(command, [...args], { maxBuffer: 1e8 });
  return JSON.parse(stdout) as T;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
