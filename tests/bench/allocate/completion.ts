/** Counts one file by add1u in a fresh process and prints how long it took; started by ../allocate.ts. */
import { readFileSync } from "node:fs";
import { allocate, parseRule } from "@/voting/allocation/rule";
import { parsePabulib } from "@/voting/pabulib/parse";

export interface CompletionFigures {
  readonly voters: number;
  readonly projects: number;
  readonly increments: number;
  /** Runs of Equal Shares among them: the others are known to change nothing. */
  readonly runs: number;
  readonly firstRunMs: number;
  readonly secondRunMs: number;
}

const [path = ""] = process.argv.slice(2);
const { instance } = parsePabulib(readFileSync(path, "utf8"));
const rule = parseRule({ rule: "mes", completion: "add1u" });
let runs = 0;
const times = [1, 2].map(() => {
  runs = 0;
  const started = performance.now();
  const { iterations } = allocate(instance, rule, () => {
    runs += 1;
  });
  return { iterations, milliseconds: Math.round((performance.now() - started) * 10) / 10 };
});
const figures: CompletionFigures = {
  voters: instance.profile.voters,
  projects: instance.projects.length,
  increments: times[0]?.iterations ?? 0,
  runs,
  firstRunMs: times[0]?.milliseconds ?? 0,
  secondRunMs: times[1]?.milliseconds ?? 0,
};
process.stdout.write(JSON.stringify(figures));
