import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Area, type AreasInput, allocateAreas, PASSINGS } from "./areas";
import { createInstance } from "./instance";
import { parseRule } from "./rule";

/** An area whose projects each have one vote of one of its voters. */
function area(
  id: string,
  budget: bigint,
  costs: readonly bigint[],
  voters: number,
  rule: object = { rule: "greedy" },
): Area {
  const projects = costs.map((cost, index) => ({ id: `${id}${index}`, cost }));
  const ballots = Array.from({ length: voters }, (_, voter) =>
    projects.length === 0 ? [] : [{ project: voter % projects.length, points: 1 }],
  );
  return { id, instance: createInstance({ budget, projects, ballots }), rule: parseRule(rule) };
}

const districts = [area("n", 100n, [60n], 2), area("s", 100n, [130n], 3)];
const city = area("city", 50n, [150n, 40n], 4);

function figures(input: AreasInput) {
  const { areas, unspent } = allocateAreas(input);
  return {
    areas: areas.map(({ area: id, received, passed, outcome }) => [
      id,
      received,
      outcome.selected.join(),
      passed,
    ]),
    unspent,
  };
}

describe("money left over passes on by the stated rule", () => {
  test("keep", () => {
    expect(figures({ areas: [...districts, city], city: "city", passing: "keep" })).toEqual({
      areas: [
        ["n", 0n, "n0", 0n],
        ["s", 0n, "", 0n],
        ["city", 0n, "city1", 0n],
      ],
      unspent: 150n,
    });
  });

  test("next", () => {
    expect(figures({ areas: [...districts, city], city: "city", passing: "next" })).toEqual({
      areas: [
        ["n", 0n, "n0", 40n],
        ["s", 40n, "s0", 10n],
        ["city", 10n, "city1", 0n],
      ],
      unspent: 20n,
    });
  });

  test("to-city, counted last wherever it is listed", () => {
    expect(figures({ areas: [city, ...districts], city: "city", passing: "to-city" })).toEqual({
      areas: [
        ["n", 0n, "n0", 40n],
        ["s", 0n, "", 100n],
        ["city", 140n, "city1,city0", 0n],
      ],
      unspent: 0n,
    });
  });

  test("to-districts, by valid ballots with the largest remainder", () => {
    const spare = area("city", 81n, [40n], 4);
    expect(figures({ areas: [...districts, spare], city: "city", passing: "to-districts" })).toEqual({
      areas: [
        ["city", 0n, "city0", 41n],
        ["n", 16n, "n0", 0n],
        ["s", 25n, "", 0n],
      ],
      unspent: 181n,
    });
  });
});

test("money is neither made nor lost", { timeout: 60_000 }, () => {
  const areas = fc
    .array(
      fc.record({
        budget: fc.nat({ max: 200 }),
        costs: fc.array(fc.nat({ max: 90 }), { maxLength: 4 }),
        voters: fc.nat({ max: 6 }),
        residue: fc.boolean(),
      }),
      { minLength: 1, maxLength: 5 },
    )
    .map((list) =>
      list.map(({ budget, costs, voters, residue }, index) =>
        area(`a${index}`, BigInt(budget), costs.map(BigInt), voters, { rule: "greedy", residue }),
      ),
    );
  fc.assert(
    fc.property(areas, fc.constantFrom(...PASSINGS), (list, passing) => {
      const { areas: outcomes, unspent } = allocateAreas({ areas: list, city: "a0", passing });
      const budgets = list.reduce((sum, { instance }) => sum + instance.budget, 0n);
      const costs = outcomes.reduce((sum, { outcome, offered }) => sum + outcome.cost + offered, 0n);
      expect(costs + unspent).toBe(budgets);
      for (const { outcome, received, left, offered, area: id } of outcomes) {
        const own = list.find((candidate) => candidate.id === id)?.instance.budget ?? -1n;
        expect(outcome.budget).toBe(own + received);
        expect(left).toBe(own + received - outcome.cost - offered);
      }
    }),
    { numRuns: 500 },
  );
});

test.each<[string, AreasInput]>([
  ["an area twice", { areas: [...districts, ...districts], city: null, passing: "keep" }],
  ["no city-wide area", { areas: districts, city: null, passing: "to-city" }],
  ["an unknown city-wide area", { areas: districts, city: "x", passing: "keep" }],
])("%s is refused", (_, input) => {
  expect(() => allocateAreas(input)).toThrow(expect.objectContaining({ code: "areas" }));
});
