/** Random elections, written as .pb files and counted here and by pabutools. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createInstance, type Instance } from "@/voting/allocation/instance";
import { allocate, parseRule } from "@/voting/allocation/rule";
import { parsePabulib } from "@/voting/pabulib/parse";
import { writePabulib } from "@/voting/pabulib/write";
import { long } from "../../long";
import { sampleSeed } from "../../seed";
import { pabutoolsPython } from "../python-environment";

const run = promisify(execFile);
const ELECTIONS = long ? 500 : 100;

type Kind = "approval" | "cumulative" | "ordinal" | "borda";

interface RandomElection {
  readonly kind: Kind;
  readonly budget: number;
  readonly costs: readonly number[];
  /** Each ballot: project places in the order of the ballot, with points. */
  readonly ballots: readonly (readonly { readonly project: number; readonly points: number }[])[];
  readonly withMaxLength: boolean;
  readonly increment: number;
}

/** pabutools gives Borda's last place nothing, and may not see projects without cost or votes. */
const elections: fc.Arbitrary<RandomElection> = fc
  .record({
    kind: fc.constantFrom<Kind>("approval", "cumulative", "ordinal", "borda"),
    costs: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 10 }),
    share: fc.integer({ min: 15, max: 110 }),
    voters: fc.integer({ min: 1, max: 16 }),
    withMaxLength: fc.boolean(),
    steps: fc.integer({ min: 2, max: 8 }),
  })
  .chain(({ kind, costs, share, voters, withMaxLength, steps }) => {
    const places = costs.map((_, index) => index);
    const choices = fc.shuffledSubarray(places, { minLength: 1 });
    const ballot = choices.chain((chosen) =>
      fc
        .array(fc.integer({ min: 1, max: 5 }), { minLength: chosen.length, maxLength: chosen.length })
        .map((points) =>
          chosen.map((project, place) => ({
            project,
            points: kind === "approval" ? 1 : (points[place] ?? 1),
          })),
        ),
    );
    const total = costs.reduce((sum, cost) => sum + cost, 0);
    const budget = Math.max(1, Math.round((total * share) / 100));
    return fc.array(ballot, { minLength: voters, maxLength: voters }).map((ballots) => ({
      kind,
      budget,
      costs,
      ballots,
      withMaxLength,
      increment: Math.max(1, Math.round(budget / voters / steps)),
    }));
  })
  .filter(({ kind, costs, ballots }) =>
    costs.every((_, project) =>
      ballots.some((ballot) => {
        const place = ballot.findIndex((choice) => choice.project === project);
        return place !== -1 && (kind !== "borda" || place < ballot.length - 1);
      }),
    ),
  );

test(`pabutools arrives at the same outcomes on ${ELECTIONS} random elections`, async () => {
  const python = await pabutoolsPython();
  const folder = await mkdtemp(join(tmpdir(), "cocity-pabutools-"));
  const seed = sampleSeed();
  try {
    const sample = fc.sample(elections, { numRuns: ELECTIONS, seed });
    const files = sample.map((election, index) => ({
      name: `${String(index).padStart(3, "0")}.pb`,
      election,
      text: pabulibOf(election),
    }));
    await Promise.all(files.map(({ name, text }) => writeFile(join(folder, name), text)));
    const script = fileURLToPath(new URL("outcomes.py", import.meta.url));
    const { stdout } = await run(python, [script, folder], { maxBuffer: 1e9 });
    const theirs = JSON.parse(stdout) as Record<string, Record<string, string[]>>;
    let compared = 0;
    for (const { name, election, text } of files) {
      const instance = election.kind === "borda" ? bordaInstance(election) : parsePabulib(text).instance;
      for (const [rule, selected] of Object.entries(theirs[name] ?? {})) {
        const { selected: ours, stop } = allocate(instance, parseRule(ruleOf(rule, election.increment)));
        // Phragmén's outcome comes back sorted, and without the exhaustive stop pabutools goes on raising the
        // money after everything is selected, which can still change the order.
        const inOrder = rule !== "phragmen" && stop !== "all-selected";
        const told = { seed, name, rule, text };
        expect({ ...told, selected: inOrder ? ours : [...ours].sort() }).toEqual({
          ...told,
          selected: inOrder ? selected : [...selected].sort(),
        });
        compared += 1;
      }
    }
    expect(Object.keys(theirs)).toHaveLength(ELECTIONS);
    expect(new Set(sample.map(({ kind }) => kind)).size).toBe(4);
    expect(compared).toBeGreaterThan(ELECTIONS * 3);
  } finally {
    await rm(folder, { recursive: true });
  }
});

function ruleOf(name: string, increment: number): object {
  if (name === "greedy" || name === "greedy-per-cost" || name === "phragmen") return { rule: name };
  const [utility, completion, stop] = name.split("_");
  const raised = completion === "add1" ? { increment: String(increment), stop: stop ?? "exhaustive" } : {};
  return { rule: "mes", utility, completion, ...raised };
}

function pabulibOf({ kind, budget, costs, ballots, withMaxLength, increment }: RandomElection): string {
  const cumulative = kind === "cumulative";
  return writePabulib({
    meta: [
      ["description", "a random election"],
      ["num_projects", String(costs.length)],
      ["num_votes", String(ballots.length)],
      ["budget", String(budget)],
      ["vote_type", kind === "borda" ? "ordinal" : kind],
      ["scoring", kind],
      ["increment", String(increment)],
      ...(withMaxLength ? [["max_length", String(costs.length)] as const] : []),
    ],
    projectColumns: ["project_id", "cost"],
    projects: costs.map((cost, project) => [`p${project + 3}`, String(cost)]),
    voteColumns: ["voter_id", "vote", ...(cumulative ? ["points"] : [])],
    votes: ballots.map((ballot, voter) => [
      String(voter),
      ballot.map(({ project }) => `p${project + 3}`).join(","),
      ...(cumulative ? [ballot.map(({ points }) => points).join(",")] : []),
    ]),
  });
}

function bordaInstance({ budget, costs, ballots }: RandomElection): Instance {
  return createInstance({
    budget: BigInt(budget),
    moneyDecimals: 0,
    projects: costs.map((cost, project) => ({ id: `p${project + 3}`, cost: BigInt(cost) })),
    ballots: ballots.map((ballot) =>
      ballot.map(({ project }, place) => ({ project, points: ballot.length - place - 1 })),
    ),
  });
}
