/** A round written as a .pb file counts as the round itself does, wherever it is read. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Outcome } from "@/voting/allocation/outcome";
import { roundInstance } from "@/voting/allocation/round";
import { allocate, parseRule } from "@/voting/allocation/rule";
import { BALLOT_TYPES, type BallotContent, type BallotForm, ballotForm } from "@/voting/ballots/content";
import { type ExportedRound, exportRound } from "@/voting/pabulib/export";
import { parsePabulib } from "@/voting/pabulib/parse";
import { writePabulib } from "@/voting/pabulib/write";
import { formatDecimal, multiply, rational } from "@/voting/rational";
import { whatIf } from "@/voting/what-if";

const about = {
  description: "Invented; a round",
  country: "Italy",
  unit: "Prova",
  instance: "2027",
  firstDay: "2027-03-01",
  lastDay: "2027-03-02",
};

const rules = [
  { rule: "greedy" },
  { rule: "greedy", skip: false, threshold: "1.5" },
  { rule: "greedy", threshold: "2" },
  { rule: "greedy-per-cost" },
  { rule: "phragmen" },
  { rule: "mes", increment: "25" },
  { rule: "mes", utility: "points-x-cost", start: "floor", increment: "25", comparison: true },
].map(parseRule);

const rounds = fc
  .record({
    type: fc.constantFrom(...BALLOT_TYPES),
    costs: fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 2, maxLength: 6 }),
    budget: fc.integer({ min: 0, max: 200_000 }),
    /** Amounts that have no cents, or no tenths of a euro, are written shorter. */
    step: fc.constantFrom(1, 10, 100),
    drawn: fc.boolean(),
  })
  .map(({ costs, budget, step, ...rest }) => ({
    ...rest,
    costs: costs.map((cost) => cost - (cost % step)),
    budget: budget - (budget % step),
  }))
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
        rule: fc.constantFrom(
          ...rules,
          parseRule({
            ...{ rule: "score-plus-votes", weight: "30.5" },
            scores: Object.fromEntries(ids.map((id, index) => [id, `${index}.25`])),
          }),
        ),
      })
      .map(({ ballots, tieOrder, maxChoices, rule }): ExportedRound => {
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
          rule,
          tieOrder,
          selected: null,
        };
      });
  });

/** Amounts in the currency: a file's money unit is the largest in which its amounts are whole. */
function amountsOf({ cost, endowment, moneyDecimals }: Outcome) {
  return {
    cost: formatDecimal(cost, moneyDecimals),
    endowment: endowment && multiply(endowment, rational(1n, 10n ** BigInt(moneyDecimals))),
  };
}

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

test("whoever has the file alone counts the published outcome again: rule, parameters and ties are in META", () => {
  fc.assert(
    fc.property(rounds, (round) => {
      const direct = allocate(roundInstance(round).instance, round.rule);
      const file = parsePabulib(writePabulib(exportRound({ ...round, selected: direct.selected })));
      expect(file.rule).toEqual(round.rule);
      if (file.rule === null) return;
      const read = allocate(file.instance, file.rule);
      const { selected, iterations, ranking, ties, comparison } = direct;
      expect(read).toMatchObject({ selected, iterations, ranking, comparison });
      expect(amountsOf(read)).toEqual(amountsOf(direct));
      expect(read.ties).toEqual(ties);
      expect(file.notApplied(file.rule)).toEqual([]);
      const { projectColumns, projects } = file.document();
      const marks = projects.flatMap((fields) =>
        fields[projectColumns.indexOf("selected")] === "1" ? [fields[0]] : [],
      );
      expect(marks.sort()).toEqual([...selected].sort());
    }),
    { numRuns: 400 },
  );
});

test("days are written as Pabulib writes them, and what all can be paid for is said", () => {
  const [round] = fc.sample(rounds, 1);
  if (round === undefined) throw new Error("no round was made");
  const projects = [
    { id: "1", cost: 5000n, name: "Uno" },
    { id: "2", cost: 5050n, name: " Due\n righe " },
  ];
  const simple = {
    ...round,
    projects,
    tieOrder: null,
    rule: parseRule({ rule: "greedy" }),
    form: ballotForm("choice"),
  };
  const one: BallotContent = { type: "choice", choices: ["2"] };
  const document = exportRound({ ...simple, ballots: [one], budget: 10_050n, selected: ["2", "1"] });
  const meta = new Map(document.meta);
  expect([meta.get("date_begin"), meta.get("date_end")]).toEqual(["01.03.2027", "02.03.2027"]);
  expect([meta.get("rule"), meta.get("fully_funded"), meta.get("vote_type")]).toEqual([
    "greedy",
    "1",
    "approval",
  ]);
  expect(document.projects).toEqual([
    ["2", "50.5", "1", "Due righe", "1"],
    ["1", "50", "0", "Uno", "1"],
  ]);
  // Without the cents 50 of 100 would be left for what costs 50.
  const less = new Map(exportRound({ ...simple, ballots: [one], budget: 10_040n, selected: ["2"] }).meta);
  expect([less.get("rule"), less.get("fully_funded")]).toEqual(["greedy-custom", "1"]);
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
    rule: parseRule({ rule: "greedy" }),
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

test("a greedy outcome that the checker would not reach in floating point is not named as its own", () => {
  // 1463.49 − 177.67 − 709.49 is a little less than 576.33 there, though the three cost the budget to the cent.
  const costs = [57_633n, 70_949n, 17_767n];
  const approving = (...choices: string[]): BallotContent => ({ type: "approval", choices });
  const round = (budget: bigint): ExportedRound => ({
    ...{ about, currency: "EUR", moneyDecimals: 2, tieOrder: null, budget },
    projects: costs.map((cost, index) => ({ id: String(index + 1), cost, name: "Prova" })),
    form: ballotForm("approval", { maxChoices: null }),
    ballots: [approving("1", "2", "3"), approving("2", "3"), approving("3")],
    rule: parseRule({ rule: "greedy", skip: false }),
    selected: ["1", "2", "3"],
  });
  const name = (exported: ExportedRound) => /^rule;(.*)$/m.exec(writePabulib(exportRound(exported)))?.[1];
  expect(name(round(146_349n))).toBe("greedy-custom");
  expect(name(round(146_350n))).toBe("greedy-no-skip");
});
