/** Random small elections for property tests, and their way into the real implementation. */
import * as fc from "fast-check";
import { createInstance, type Instance } from "@/voting/allocation/instance";
import type { SlowElection } from "./slow";

export interface ElectionLimits {
  readonly projects?: number;
  readonly voters?: number;
  readonly cost?: number;
  readonly budget?: number;
  readonly points?: number;
  /** Least cost of a project. */
  readonly leastCost?: number;
}

/** Few different costs and small budgets, so that ties, leftovers and projects without votes are common. */
export function elections(limits: ElectionLimits = {}): fc.Arbitrary<SlowElection> {
  const { projects = 7, voters = 10, cost = 12, budget = 40, points = 1, leastCost = 0 } = limits;
  return fc
    .record({
      costs: fc.array(fc.integer({ min: leastCost, max: cost }), { minLength: 1, maxLength: projects }),
      budget: fc.integer({ min: 0, max: budget }),
      ballots: fc.array(
        fc.array(fc.integer({ min: 0, max: points }), { minLength: projects, maxLength: projects }),
        { maxLength: voters },
      ),
    })
    .map(({ costs, budget: total, ballots }) => {
      const ids = costs.map((_, index) => `p${index + 8}`);
      return {
        budget: BigInt(total),
        projects: costs.map((value, index) => ({ id: ids[index] ?? "", cost: BigInt(value) })),
        ballots: ballots.map((given) =>
          Object.fromEntries(
            ids.flatMap((id, index) => ((given[index] ?? 0) > 0 ? [[id, given[index] ?? 0]] : [])),
          ),
        ),
      };
    });
}

/** The same election, in whole currency units. */
export function instanceOf(election: SlowElection): Instance {
  const place = new Map(election.projects.map(({ id }, index) => [id, index]));
  return createInstance({
    budget: election.budget,
    moneyDecimals: 0,
    projects: election.projects,
    ballots: election.ballots.map((ballot) =>
      Object.entries(ballot).map(([id, points]) => ({ project: place.get(id) ?? -1, points })),
    ),
  });
}
