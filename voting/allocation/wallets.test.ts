import * as fc from "fast-check";
import { expect, test } from "vitest";
import { compare, rational } from "../rational";
import { createInstance } from "./instance";
import { tallyBallots } from "./tally";
import { openWallets } from "./wallets";

const PROJECTS = 8;

/** Voters who give 0 to 4 points to each project, and money for each of them up to far beyond 2^53. */
const cases = fc.record({
  ballots: fc.array(fc.array(fc.nat({ max: 4 }), { minLength: PROJECTS, maxLength: PROJECTS }), {
    minLength: 1,
    maxLength: 9,
  }),
  costs: fc.array(fc.bigInt({ min: 1n, max: 40n }), { minLength: PROJECTS, maxLength: PROJECTS }),
  scale: fc.constantFrom(1n, 997n, 10n ** 9n + 7n, 10n ** 13n + 37n, 10n ** 20n),
  endowment: fc.tuple(fc.bigInt({ min: 0n, max: 60n }), fc.bigInt({ min: 1n, max: 9n })),
  withPoints: fc.boolean(),
});

test("a bound in whole numbers is never above the exact price, whatever was bought before", {
  timeout: 60_000,
}, () => {
  let bounds = 0;
  fc.assert(
    fc.property(cases, ({ ballots, costs, scale, endowment: [n, d], withPoints }) => {
      const projects = costs.map((cost, index) => ({ id: `p${index}`, cost: cost * scale + BigInt(index) }));
      const instance = createInstance({
        budget: 0n,
        projects,
        ballots: ballots.map((given) => given.map((points, project) => ({ project, points }))),
      });
      const wallets = openWallets(tallyBallots(instance), withPoints, rational(n * scale + 1n, d));
      for (let bought = 0; bought < PROJECTS; bought++) {
        const candidates = projects.map(({ cost }, project) => ({ project, cost }));
        const affordable = candidates.flatMap((candidate) => {
          const exact = wallets.price(candidate);
          if (exact === null) return [];
          const bound = wallets.lowerBound(candidate);
          if (bound !== null) {
            bounds += 1;
            expect(compare(rational(bound.n, bound.d), rational(exact.n, exact.d))).toBeLessThanOrEqual(0);
          }
          return [{ ...candidate, price: exact }];
        });
        const next = affordable[bought % Math.max(1, affordable.length)];
        if (next === undefined) return;
        wallets.charge(next.project, next.price);
      }
    }),
    { numRuns: 1500 },
  );
  expect(bounds).toBeGreaterThan(1000);
});
