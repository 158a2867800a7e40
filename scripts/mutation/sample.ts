/** Which changes of an area are tried: the same ones for the same seed, however the work is divided among processes. */
import { createHash } from "node:crypto";
import { type CheckResult, CheckStatus } from "@stryker-mutator/api/check";
import type { Mutant } from "@stryker-mutator/api/core";
import { declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";

export const sampler = "sample";

/** In the environment, which is all that the processes of Stryker are given. */
export const sampleSettings = { share: "COCITY_MUTATION_SHARE", seed: "COCITY_MUTATION_SEED" } as const;

/** Where in the order that a seed gives to all possible changes this one comes: 0 ≤ place < 1. */
export function placeOf(mutant: Pick<Mutant, "fileName" | "location" | "replacement">, seed: string): number {
  const { start, end } = mutant.location;
  const name = [
    seed,
    relativeTo(process.cwd(), mutant.fileName),
    start.line,
    start.column,
    end.line,
    end.column,
  ];
  const hash = createHash("sha256")
    .update(JSON.stringify([...name, mutant.replacement]))
    .digest();
  return hash.readUInt32BE(0) / 2 ** 32;
}

function relativeTo(folder: string, file: string): string {
  return file.startsWith(folder) ? file.slice(folder.length + 1) : file;
}

export const strykerPlugins = [
  declareValuePlugin(PluginKind.Checker, sampler, {
    async init() {},
    async check(mutants: Mutant[]) {
      const share = Number(process.env[sampleSettings.share]);
      const seed = process.env[sampleSettings.seed] ?? "";
      const results: Record<string, CheckResult> = {};
      for (const mutant of mutants)
        results[mutant.id] =
          placeOf(mutant, seed) < share
            ? { status: CheckStatus.Passed }
            : { status: CheckStatus.CompileError, reason: "not in the sample" };
      return results;
    },
    async group(mutants: Mutant[]) {
      return [mutants.map(({ id }) => id)];
    },
  }),
];
