/** Rounds as they are exported, counted, and given to Pabulib's own checker. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { roundInstance } from "@/voting/allocation/round";
import { allocate, parseRule } from "@/voting/allocation/rule";
import { type BallotContent, ballotForm } from "@/voting/ballots/content";
import { type ExportedRound, exportRound } from "@/voting/pabulib/export";
import { writePabulib } from "@/voting/pabulib/write";
import { sampleSeed } from "../../seed";
import { checkerPython } from "../python-environment";

const run = promisify(execFile);
const ROUNDS = 300;

/** What a round on the ledger can be: cents, one choice or several, no blank ballots, no project over the budget. */
const rounds = fc
  .record({
    type: fc.constantFrom("approval" as const, "choice" as const),
    costs: fc.array(fc.integer({ min: 10_000, max: 90_000 }), { minLength: 2, maxLength: 7 }),
    inWholeEuros: fc.boolean(),
    share: fc.integer({ min: 20, max: 130 }),
    voters: fc.integer({ min: 1, max: 14 }),
    drawn: fc.boolean(),
  })
  .chain(({ type, costs, inWholeEuros, share, voters, drawn }) => {
    const projects = costs.map((cost, index) => ({
      id: String(index + 1),
      cost: BigInt(inWholeEuros ? cost - (cost % 100) : cost),
      name: `Orto "${index + 1}"; prova`,
    }));
    const ids = projects.map(({ id }) => id);
    const most = type === "choice" ? 1 : Math.min(3, ids.length);
    const ballot = fc
      .shuffledSubarray(ids, { minLength: 1, maxLength: most })
      .map((choices): BallotContent => ({ type, choices }));
    const total = projects.reduce((sum, { cost }) => sum + cost, 0n);
    const budget = (total * BigInt(share)) / 100n;
    return fc.record({
      about: fc.constant({
        ...{ description: "Invented; a round", country: "Italy", unit: "Prova", instance: "2027" },
        ...{ firstDay: "2027-03-01", lastDay: "2027-03-31" },
      }),
      currency: fc.constant("EUR"),
      budget: fc.constant(projects.some(({ cost }) => cost > budget) ? total : budget),
      moneyDecimals: fc.constant(2),
      projects: fc.constant(projects),
      form: fc.constant(ballotForm(type, { minChoices: 1, maxChoices: most })),
      ballots: fc.array(ballot, { minLength: voters, maxLength: voters }),
      tieOrder: drawn ? fc.shuffledSubarray(ids, { minLength: ids.length }) : fc.constant(null),
      rule: fc.constantFrom(
        ...[
          { rule: "mes", completion: "add1u" },
          { rule: "mes", completion: "add1u", comparison: true },
          { rule: "mes", completion: "add1", start: "floor", stop: "overspend" },
          { rule: "mes", completion: "none" },
          { rule: "greedy" },
          { rule: "greedy", skip: false },
          { rule: "greedy", threshold: "2" },
          { rule: "greedy", residue: true },
          { rule: "greedy", incompatible: [["1", "2"]] },
          { rule: "greedy-per-cost" },
          { rule: "phragmen" },
          {
            rule: "score-plus-votes",
            scores: Object.fromEntries(ids.map((id) => [id, `${(Number(id) * 7) % 5}.5`])),
          },
        ].map(parseRule),
      ),
    });
  });

test(`Pabulib's checker finds no error in ${ROUNDS} exported rounds`, async () => {
  const python = await checkerPython();
  const folder = await mkdtemp(join(tmpdir(), "cocity-checker-"));
  const seed = sampleSeed();
  try {
    const texts = new Map<string, string>();
    fc.sample(rounds, { numRuns: ROUNDS, seed }).forEach((round, index) => {
      const { selected } = allocate(roundInstance(round).instance, round.rule);
      const exported: ExportedRound = { ...round, selected };
      texts.set(`${index}.pb`, writePabulib(exportRound(exported)));
    });
    for (const [name, text] of texts) await writeFile(join(folder, name), text);
    const script = fileURLToPath(new URL("check.py", import.meta.url));
    const { stdout } = await run(python, [script, folder], { maxBuffer: 1e9 });
    const found = JSON.parse(stdout) as Record<string, Record<string, { errors: object }>>;
    for (const [name, text] of texts) {
      const results = Object.values(found[name] ?? {});
      expect({ seed, text, errors: results.map(({ errors }) => errors) }).toEqual({
        seed,
        text,
        errors: [{}],
      });
    }
    const names = new Set([...texts.values()].map((text) => /^rule;(.*)$/m.exec(text)?.[1]));
    for (const name of ["greedy", "greedy-no-skip", "greedy-threshold", "equalshares", "equalshares/add1"])
      expect(names).toContain(name);
  } finally {
    await rm(folder, { recursive: true });
  }
});
