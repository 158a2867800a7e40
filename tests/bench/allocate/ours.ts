/** Counts one file in a fresh process and prints how long each rule took; started by ../allocate.ts. */
import { readFileSync } from "node:fs";
import { allocate, parseRule, type RuleSpec } from "@/voting/allocation/rule";
import { parsePabulib } from "@/voting/pabulib/parse";

export interface OurFigures {
  readonly readMs: number;
  readonly mesFirstMs: number;
  readonly mesMedianMs: number;
  readonly add1FirstMs: number;
  readonly add1MedianMs: number;
  readonly add1Reruns: number;
  readonly phragmenMs: number;
  /** Of the whole process, from its start. */
  readonly peakMemoryMB: number;
  readonly selected: readonly string[];
}

const RUNS = 7;
const [path = ""] = process.argv.slice(2);
const started = performance.now();
const { instance } = parsePabulib(readFileSync(path, "utf8"));
const readMs = round(performance.now() - started);

const mes = parseRule({ rule: "mes", utility: "cost", completion: "none" });
const add1 = parseRule({ rule: "mes", utility: "cost", completion: "add1" });
const mesRuns = times(mes);
const add1Runs = times(add1);
const figures: OurFigures = {
  readMs,
  mesFirstMs: mesRuns[0] ?? 0,
  mesMedianMs: median(mesRuns),
  add1FirstMs: add1Runs[0] ?? 0,
  add1MedianMs: median(add1Runs),
  add1Reruns: allocate(instance, add1).iterations,
  phragmenMs: time(parseRule({ rule: "phragmen" })),
  peakMemoryMB: round(process.resourceUsage().maxRSS / 1024),
  selected: allocate(instance, mes).selected,
};
process.stdout.write(JSON.stringify(figures));

function times(rule: RuleSpec): number[] {
  return Array.from({ length: RUNS }, () => time(rule));
}

function time(rule: RuleSpec): number {
  const start = performance.now();
  allocate(instance, rule);
  return round(performance.now() - start);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
