/** The completion that goes straight to the next change arrives where one increment at a time does, in as many. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { add1 } from "@/voting/allocation/completion";
import { equalShares, type Utility } from "@/voting/allocation/mes";
import { stretchOf } from "@/voting/allocation/stretch";
import { type Tally, tallyBallots } from "@/voting/allocation/tally";
import { add, compare, multiply, type Rational, rational } from "@/voting/rational";
import { elections, instanceOf } from "./elections";
import type { SlowBallot } from "./slow";

const utilities = fc.constantFrom<Utility>("cost", "cardinality", "points", "points-x-cost");
const starts = fc.constantFrom<"exact" | "floor">("exact", "floor");
const stops = fc.constantFrom<"exhaustive" | "overspend">("exhaustive", "overspend");
/** Up to a few thousand increments of one unit, where a share is a few hundred units. */
const large = { points: 4, cost: 3000, budget: 6000, voters: 14, projects: 8 };

/** Equal Shares run again for each increment. */
function stepByStep(tally: Tally, options: Parameters<typeof add1>[1]) {
  const { budget, profile, projects } = tally.instance;
  const share = rational(budget, BigInt(Math.max(1, profile.voters)));
  let endowment =
    profile.voters === 0 ? rational(0n) : options.start === "exact" ? share : rational(share.n / share.d);
  let run = equalShares(tally, options.utility, endowment);
  for (let iterations = 0; ; ) {
    const bought = run.purchases.map(({ project }) => project);
    const open = projects.flatMap(({ cost }, project) =>
      !bought.includes(project) && (tally.supporterCount[project] ?? 0) > 0 ? [cost] : [],
    );
    const fits = open.some((cost) => cost <= budget - run.cost);
    const stop =
      options.stop === "exhaustive"
        ? fits
          ? null
          : "exhaustive"
        : open.length === 0
          ? "all-selected"
          : null;
    if (stop) return { run, endowment, iterations, stop };
    const raised = add(endowment, options.increment);
    const next = equalShares(tally, options.utility, raised);
    iterations += 1;
    if (next.cost > budget) return { run, endowment, iterations, stop: "overspend-next" };
    run = next;
    endowment = raised;
  }
}

const figures = ({ run, ...rest }: ReturnType<typeof stepByStep>) => ({
  ...rest,
  cost: run.cost,
  purchases: run.purchases.map(({ project, price }) => ({ project, price: rational(price.n, price.d) })),
});

test("add1 gives the outcome, endowment, prices and iterations of one increment at a time", () => {
  let [iterations, runs] = [0, 0];
  fc.assert(
    fc.property(
      elections(large),
      utilities,
      starts,
      stops,
      fc.constantFrom(rational(1n), rational(5n, 2n), rational(7n, 3n)),
      (election, utility, start, stop, increment) => {
        const tally = tallyBallots(instanceOf(election));
        const options = { utility, start, stop, increment };
        const ours = add1(tally, options, () => {
          runs += 1;
        });
        const theirs = stepByStep(tally, options);
        expect(figures(ours)).toEqual(figures(theirs));
        iterations += theirs.iterations;
      },
    ),
    { numRuns: 250 },
  );
  expect(iterations).toBeGreaterThan(4 * runs);
});

describe("a stretch", () => {
  const withEndowment = fc.record({
    election: elections({ ...large, leastCost: 1 }),
    utility: utilities,
    endowment: fc
      .record({ n: fc.integer({ min: 0, max: 9000 }), d: fc.integer({ min: 1, max: 9 }) })
      .map(({ n, d }) => rational(BigInt(n), BigInt(d))),
  });
  const orderOf = (tally: Tally, utility: Utility, endowment: Rational) =>
    equalShares(tally, utility, endowment).purchases.map(({ project }) => project);

  test("buys the same everywhere in it", () => {
    fc.assert(
      fc.property(
        withEndowment,
        fc.integer({ min: 1, max: 99 }),
        ({ election, utility, endowment }, part) => {
          const tally = tallyBallots(instanceOf(election));
          const order = orderOf(tally, utility, endowment);
          const stretch = stretchOf(tally, utility, order, endowment);
          if (stretch === null) return;
          const within = [multiply(stretch.more, rational(BigInt(part), 100n))];
          if (stretch.inclusive) within.push(stretch.more);
          for (const more of within) expect(orderOf(tally, utility, add(endowment, more))).toEqual(order);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test("is given for what a run bought, and only for that", () => {
    let unending = 0;
    fc.assert(
      fc.property(withEndowment, fc.nat(), ({ election, utility, endowment }, pick) => {
        const tally = tallyBallots(instanceOf(election));
        const order = orderOf(tally, utility, endowment);
        const stretch = stretchOf(tally, utility, order, endowment);
        if (stretch === null) {
          unending += 1;
          expect(orderOf(tally, utility, rational(10n ** 6n))).toEqual(order);
        } else expect(compare(stretch.more, rational(0n))).toBeGreaterThanOrEqual(0);
        const others = [order.slice(0, -1), order.slice(1), [...order].reverse(), [...order, pick % 8]];
        for (const other of others) {
          if (other.join() !== order.join()) expect(stretchOf(tally, utility, other, endowment)).toBeNull();
        }
      }),
      { numRuns: 1000 },
    );
    expect(unending).toBeLessThan(600);
  });

  test("ends where the first group of supporters can pay for what it could not", () => {
    const tally = tallyBallots(
      instanceOf({
        budget: 100n,
        projects: [
          { id: "1", cost: 30n },
          { id: "2", cost: 50n },
        ],
        ballots: [{ 1: 1, 2: 1 }, { 1: 1 }, { 2: 1 }, {}],
      }),
    );
    // With 25 each, the first project takes 15 from both; the second then wants 50 from 10 and 25.
    expect(stretchOf(tally, "cost", [0], rational(25n))).toEqual({
      more: rational(15n, 2n),
      inclusive: false,
    });
    // 32.5 − 15 + 32.5 is 50.
    expect(orderOf(tally, "cost", rational(65n, 2n))).toEqual([0, 1]);
  });
});

test("one vote for what costs nearly the whole budget takes millions of increments and few runs", () => {
  const ballots: SlowBallot[] = [{ 1: 1 }, ...Array.from({ length: 999 }, () => ({}))];
  const instance = instanceOf({ budget: 5_000_000n, projects: [{ id: "1", cost: 4_000_000n }], ballots });
  let runs = 0;
  const options = { utility: "cost", start: "exact", stop: "exhaustive", increment: rational(1n) } as const;
  const found = add1(tallyBallots(instance), options, () => {
    runs += 1;
  });
  expect(found).toMatchObject({ iterations: 3_995_000, endowment: rational(4_000_000n), stop: "exhaustive" });
  expect(runs).toBeLessThan(20);
});
