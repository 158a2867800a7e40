/** A round written as a .pb file counts as the round itself does, wherever it is read. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { roundInstance } from "@/voting/allocation/round";
import { allocate, parseRule } from "@/voting/allocation/rule";
import { BALLOT_TYPES, type BallotContent, type BallotForm, ballotForm } from "@/voting/ballots/content";
import { type ExportedRound, exportRound } from "@/voting/pabulib/export";
import { parsePabulib } from "@/voting/pabulib/parse";
import { writePabulib } from "@/voting/pabulib/write";
import { whatIf } from "@/voting/what-if";

const about = [
  ["description", "Invented; a round"],
  ["unit", "Prova"],
] as const;

const rounds = fc
  .record({
    type: fc.constantFrom(...BALLOT_TYPES),
    costs: fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 2, maxLength: 6 }),
    budget: fc.integer({ min: 0, max: 200_000 }),
    drawn: fc.boolean(),
  })
  .chain(({ type, costs, budget, drawn }) => {
    const ids = costs.map((_, index) => String(index + 9));
    const ballot = fc
      .shuffledSubarray(ids, { maxLength: type === "choice" ? 1 : ids.length })
      .chain((choices) =>
        fc
          .array(fc.integer({ min: 0, max: 50 }), { minLength: choices.length, maxLength: choices.length })
          .map(
            (points): BallotContent =>
              type === "points"
                ? { type, choices, points: points.map((value) => `${value / 10}`) }
                : { type, choices },
          ),
      );
    return fc
      .record({
        ballots: fc.array(ballot, { maxLength: 12 }),
        tieOrder: drawn ? fc.shuffledSubarray(ids, { minLength: ids.length }) : fc.constant(null),
        maxChoices: fc.constantFrom(null, ids.length),
      })
      .map(({ ballots, tieOrder, maxChoices }): ExportedRound => {
        const form: BallotForm = type === "choice" ? ballotForm(type) : ballotForm(type, { maxChoices });
        return {
          about,
          currency: "EUR",
          budget: BigInt(budget),
          moneyDecimals: 2,
          projects: costs.map((cost, index) => ({
            id: ids[index] ?? "",
            cost: BigInt(cost),
            name: `Progetto "${index}"; prova`,
          })),
          form,
          ballots,
          tieOrder,
          selected: null,
        };
      });
  });

const rules = [
  { rule: "greedy" },
  { rule: "greedy-per-cost" },
  { rule: "phragmen" },
  { rule: "mes", increment: "25" },
  { rule: "mes", utility: "points-x-cost", start: "floor", increment: "25", comparison: true },
].map(parseRule);

test("every rule gives the same outcome from the file and from the round", () => {
  fc.assert(
    fc.property(rounds, (round) => {
      const { instance } = roundInstance(round);
      const file = parsePabulib(writePabulib(exportRound(round)));
      expect(file.warnings).toEqual([]);
      expect(file.void).toEqual([]);
      expect(file.names.get("9")).toBe('Progetto "0"; prova');
      for (const rule of rules) {
        const [direct, read] = [allocate(instance, rule), allocate(file.instance, rule)];
        expect(read.selected).toEqual(direct.selected);
        expect(read.iterations).toBe(direct.iterations);
        expect(read.comparison).toEqual(direct.comparison);
      }
    }),
    { numRuns: 300 },
  );
});

test("the order of ballots leaves no trace in the file", () => {
  const shuffled = rounds.chain((round) =>
    fc
      .shuffledSubarray([...round.ballots], { minLength: round.ballots.length })
      .map((ballots) => ({ round, ballots })),
  );
  fc.assert(
    fc.property(shuffled, ({ round, ballots }) => {
      const files = [round, { ...round, ballots }].map((each) => writePabulib(exportRound(each)));
      expect(files[1]).toBe(files[0]);
    }),
    { numRuns: 300 },
  );
});

test("an id that a list could not hold is refused", () => {
  const [round] = fc.sample(rounds, 1);
  if (round === undefined) throw new Error("no round was made");
  for (const id of ["a,b", " a", ""]) {
    const projects = [{ id, cost: 1n, name: "x" }];
    expect(() => exportRound({ ...round, projects })).toThrow(
      expect.objectContaining({ code: "id-not-exportable" }),
    );
  }
});

describe("what if another rule had been chosen", () => {
  const round: ExportedRound = {
    about,
    currency: "EUR",
    budget: 400n,
    moneyDecimals: 2,
    projects: ["1", "2", "3"].map((id) => ({ id, cost: 200n, name: id })),
    form: ballotForm("approval"),
    ballots: [["1", "2"], ["1", "2"], ["1", "2"], ["3"], ["3"], ["3"]].map((choices) => ({
      type: "approval",
      choices,
    })),
    tieOrder: null,
    selected: ["1", "2"],
  };
  const pabulib = writePabulib(exportRound(round));

  test("it is counted, explained and compared with what stands, and passes between threads", () => {
    const answer = whatIf({ pabulib, rule: { rule: "mes" }, selected: ["1", "2"] });
    if (!answer.ok) throw new Error(answer.code);
    expect(answer.outcome.selected).toEqual(["1", "3"]);
    expect([answer.gained, answer.lost]).toEqual([["3"], ["2"]]);
    expect(answer.explanations.map(({ project, funded }) => [project, funded])).toEqual([
      ["1", true],
      ["3", true],
      ["2", false],
    ]);
    expect(structuredClone(answer)).toEqual(answer);
  });

  test("what cannot be counted is an answer, not a failure", () => {
    expect(whatIf({ pabulib, rule: { rule: "lottery" }, selected: [] })).toMatchObject({
      ok: false,
      code: "rule-unknown",
    });
    expect(whatIf({ pabulib: "META", rule: { rule: "mes" }, selected: [] })).toMatchObject({
      ok: false,
      code: "file",
      details: { line: "1" },
    });
  });
});
