/** What has to hold whatever the ballots say. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { explainProjects } from "@/voting/allocation/explain";
import { ballotBasis, explainBallot } from "@/voting/allocation/explain-ballot";
import type { Outcome } from "@/voting/allocation/outcome";
import { traceRounds } from "@/voting/allocation/rounds";
import { allocate, canonicalRule, parseRule, type RuleSpec } from "@/voting/allocation/rule";
import { add, compare, type Rational, rational, subtract, ZERO } from "@/voting/rational";
import { type ElectionLimits, elections, instanceOf } from "./elections";
import { type SlowElection, supporters } from "./slow";

const mes = fc
  .record({
    rule: fc.constant("mes"),
    utility: fc.constantFrom("cost", "cardinality", "points", "points-x-cost"),
    completion: fc.constantFrom("none", "utilitarian", "add1", "add1u"),
    start: fc.constantFrom("exact", "floor"),
    stop: fc.constantFrom("exhaustive", "overspend"),
    increment: fc.constantFrom("1", "0.25", "7"),
    comparison: fc.boolean(),
  })
  .map((spec) => parseRule(spec));

/** Any rule that fits an election, with any of its parameters. */
function rules(election: SlowElection): fc.Arbitrary<RuleSpec> {
  const ids = election.projects.map(({ id }) => id);
  const pairs =
    ids.length < 2
      ? fc.constant([])
      : fc.array(fc.shuffledSubarray(ids, { minLength: 2, maxLength: 2 }), { maxLength: 3 });
  const greedy = fc
    .record({
      rule: fc.constant("greedy"),
      skip: fc.boolean(),
      threshold: fc.constantFrom(null, "1", "2.5"),
      residue: fc.boolean(),
      incompatible: pairs,
    })
    .map((spec) => parseRule(spec));
  const scored = fc
    .array(fc.integer({ min: 0, max: 8000 }), { minLength: ids.length, maxLength: ids.length })
    .map((points) =>
      parseRule({
        rule: "score-plus-votes",
        weight: "50",
        scores: Object.fromEntries(ids.map((id, index) => [id, `${(points[index] ?? 0) / 100}`])),
      }),
    );
  return fc.oneof(
    mes,
    greedy,
    scored,
    fc.constant(parseRule({ rule: "greedy-per-cost" })),
    fc.constant(parseRule({ rule: "phragmen" })),
  );
}

const counted = (limits: ElectionLimits = { points: 4 }) =>
  elections(limits).chain((election) =>
    fc.record({ election: fc.constant(election), rule: rules(election) }),
  );

describe("every rule", () => {
  test("stays within the budget, selects each project once and adds its costs up", () => {
    fc.assert(
      fc.property(counted(), ({ election, rule }) => {
        const { selected, cost, steps } = allocate(instanceOf(election), rule);
        expect(new Set(selected).size).toBe(selected.length);
        const sum = selected.reduce(
          (total, id) => total + (election.projects.find((p) => p.id === id)?.cost ?? -1n),
          0n,
        );
        expect(cost).toBe(sum);
        const offered = steps.reduce(
          (total, step) => (step.kind === "residue" ? total + step.amount : total),
          0n,
        );
        expect(cost + offered <= election.budget).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  test("does not depend on the order of ballots or of projects in the file", () => {
    const shuffled = counted().chain(({ election, rule }) =>
      fc.record({
        election: fc.constant(election),
        rule: fc.constant(rule),
        projects: fc.shuffledSubarray([...election.projects], { minLength: election.projects.length }),
        ballots: fc.shuffledSubarray([...election.ballots], { minLength: election.ballots.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ election, rule, projects, ballots }) => {
        const before = allocate(instanceOf(election), rule);
        const after = allocate(instanceOf({ budget: election.budget, projects, ballots }), rule);
        expect(figures(after)).toEqual(figures(before));
      }),
      { numRuns: 1000 },
    );
  });

  test("has one canonical text, which reads back to the same rule", () => {
    fc.assert(
      fc.property(counted(), ({ rule }) => {
        const { code, ...spec } = JSON.parse(canonicalRule(rule)) as Record<string, unknown>;
        expect(typeof code).toBe("string");
        expect(canonicalRule(parseRule(spec))).toBe(canonicalRule(rule));
      }),
    );
  });
});

test("greedy with skip: removing an unselected project changes nothing", () => {
  fc.assert(
    fc.property(elections({ points: 3 }), fc.nat(), (election, pick) => {
      const rule = parseRule({ rule: "greedy" });
      const { selected } = allocate(instanceOf(election), rule);
      const unselected = election.projects.filter(({ id }) => !selected.includes(id));
      const removed = unselected[pick % Math.max(1, unselected.length)];
      if (removed === undefined) return;
      const projects = election.projects.filter((project) => project !== removed);
      const ballots = election.ballots.map(({ [removed.id]: _, ...rest }) => rest);
      expect(allocate(instanceOf({ ...election, projects, ballots }), rule).selected).toEqual(selected);
    }),
    { numRuns: 1500 },
  );
});

/**
 * EJR up to one project (Peters, Pierczyński, Skowron 2021), by brute force over all groups of projects T: among
 * voters who all approve T and could pay for it together, someone gets as much from the outcome as T
 * gives, or would get more with one project of T added. So fewer voters than could pay are left out.
 */
describe("Equal Shares from an exact start without comparison satisfies EJR up to one project", () => {
  test.each([
    ["cost", (cost: bigint) => cost],
    ["cardinality", () => 1n],
  ] as const)("%s utility", (utility, worth) => {
    const completions = fc.constantFrom("none", "utilitarian", "add1", "add1u");
    const limits = { projects: 5, voters: 6, leastCost: 1, cost: 6, budget: 24 };
    let demands = 0;
    fc.assert(
      fc.property(elections(limits), completions, (election, completion) => {
        const rule = parseRule({ rule: "mes", utility, completion, start: "exact" });
        const { selected } = allocate(instanceOf(election), rule);
        const check = checkEjr1(election, selected, worth);
        demands += check.demands;
        expect({ selected, leftOut: check.leftOut }).toMatchObject({ leftOut: null });
      }),
      { numRuns: 4000 },
    );
    // Enough of the elections asked for something that was not selected whole.
    expect(demands).toBeGreaterThan(300);
  });

  test("greedy by votes does not, so the check can tell", () => {
    const election: SlowElection = {
      budget: 4n,
      projects: [
        { id: "p1", cost: 2n },
        { id: "p2", cost: 2n },
        { id: "p3", cost: 2n },
      ],
      ballots: [{ p1: 1, p2: 1 }, { p1: 1, p2: 1 }, { p1: 1, p2: 1 }, { p3: 1 }, { p3: 1 }, { p3: 1 }],
    };
    const tied = allocate(instanceOf(election), parseRule({ rule: "greedy" }));
    expect(tied.selected).toEqual(["p1", "p2"]);
    expect(checkEjr1(election, tied.selected, (cost) => cost).leftOut).toEqual(["p3"]);
    expect(checkEjr1(election, ["p1", "p3"], (cost) => cost).leftOut).toBeNull();
  });
});

describe("the explanation's numbers add up", () => {
  test("for every project", () => {
    fc.assert(
      fc.property(counted(), ({ election, rule }) => {
        const instance = instanceOf(election);
        const outcome = allocate(instance, rule);
        const explanations = explainProjects(instance, outcome);
        expect(explanations.map(({ project }) => project).sort()).toEqual(
          election.projects.map(({ id }) => id).sort(),
        );
        for (const explanation of explanations) {
          const { project, funded, shares, cost, left, missing, takenBy, supporters: count } = explanation;
          expect(funded).toBe(outcome.selected.includes(project));
          expect(explanation.sentences.length).toBeGreaterThan(0);
          expect(count).toBe(supporters(election, project).length);
          if (shares?.bought === true) {
            const { payment } = shares;
            expect(payment.full + payment.partial + payment.nothing).toBe(count);
            expect(payment.full + payment.partial).toBeGreaterThan(0);
            const fullPart = { n: payment.price.n * BigInt(payment.full), d: payment.price.d };
            if (!shares.withPoints)
              expect(equal(add(payment.partialPaid, fullPart), rational(cost))).toBe(true);
            expect(
              equal(
                {
                  n: payment.price.n * payment.effectiveVotes.n,
                  d: payment.price.d * payment.effectiveVotes.d,
                },
                rational(cost),
              ),
            ).toBe(true);
          }
          if (shares?.bought === false) {
            expect(compare(shares.held, rational(cost))).toBeLessThan(0);
            if (explanation.reason === "unaffordable") {
              expect(equal(add(shares.held, missing ?? ZERO), rational(cost))).toBe(true);
              const all = { n: shares.endowment.n * BigInt(count), d: shares.endowment.d };
              expect(equal(add(shares.held, sum(takenBy.map(({ amount }) => amount))), all)).toBe(true);
            }
          }
          if (explanation.reason === "not-fitting" || explanation.reason === "residue") {
            expect(equal(add(rational(left ?? -1n), missing ?? ZERO), rational(cost))).toBe(true);
            const offeredBefore = offered(outcome) - (explanation.reason === "residue" ? (left ?? 0n) : 0n);
            const rest = add(
              rational((left ?? -1n) + offeredBefore),
              sum(takenBy.map(({ amount }) => amount)),
            );
            expect(equal(rest, rational(election.budget))).toBe(true);
          }
        }
      }),
      { numRuns: 1500 },
    );
  });

  test("for every ballot: what all of them paid for a project is its cost, and no voter paid more than a share", () => {
    fc.assert(
      fc.property(counted(), ({ election, rule }) => {
        const instance = instanceOf(election);
        const outcome = allocate(instance, rule);
        const place = new Map(election.projects.map(({ id }, index) => [id, index]));
        const paid = new Map<string, Rational>();
        for (const ballot of election.ballots) {
          const choices = Object.entries(ballot).map(([id, points]) => ({
            project: place.get(id) ?? -1,
            points,
          }));
          const explanation = explainBallot(ballotBasis(instance), outcome, choices);
          for (const { project, amount } of explanation.contributions) {
            expect(compare(amount, ZERO)).toBeGreaterThanOrEqual(0);
            paid.set(project, add(paid.get(project) ?? ZERO, amount));
          }
          const named = [...explanation.contributions.map(({ project }) => project), ...explanation.unfunded];
          expect(named.sort()).toEqual(Object.keys(ballot).sort());
          if (explanation.endowment !== null) {
            const shares = explanation.contributions.filter(({ by }) => by === "share");
            const spent = sum(shares.map(({ amount }) => amount));
            expect(equal(add(spent, explanation.left ?? ZERO), explanation.endowment)).toBe(true);
            expect(compare(explanation.left ?? ZERO, ZERO)).toBeGreaterThanOrEqual(0);
          }
        }
        for (const id of outcome.selected) {
          if (supporters(election, id).length === 0) continue;
          const cost = election.projects.find((project) => project.id === id)?.cost ?? -1n;
          expect(equal(paid.get(id) ?? ZERO, rational(cost))).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("for every round: the budget falls by what is bought, and dropped projects are those not bought", () => {
    fc.assert(
      fc.property(counted(), ({ election, rule }) => {
        const instance = instanceOf(election);
        const outcome = allocate(instance, rule);
        const trace = traceRounds(instance, outcome);
        expect(trace.rounds.map(({ step }) => step)).toEqual(outcome.steps);
        const last = trace.rounds.at(-1);
        if (last !== undefined) expect(last.left).toBe(outcome.budget - outcome.cost);
        const dropped = [...trace.droppedAtStart, ...trace.rounds.flatMap((round) => round.dropped)];
        expect(new Set(dropped.map(({ project }) => project)).size).toBe(dropped.length);
        for (const { project, held, missing } of dropped) {
          expect(outcome.steps.some((step) => step.kind === "equal-shares" && step.project === project)).toBe(
            false,
          );
          expect(compare(missing, ZERO)).toBeGreaterThan(0);
          const cost = election.projects.find(({ id }) => id === project)?.cost ?? 0n;
          expect(equal(add(held, missing), rational(cost))).toBe(true);
        }
      }),
      { numRuns: 600 },
    );
  });
});

/** The first group of projects whose supporters were left out, and how many groups asked for anything. */
function checkEjr1(election: SlowElection, selected: readonly string[], worth: (cost: bigint) => bigint) {
  const worthOf = (id: string) => worth(costIn(election, id));
  let demands = 0;
  for (const group of subsets(election.projects.map(({ id }) => id))) {
    const cost = group.reduce((total, id) => total + costIn(election, id), 0n);
    const demanded = group.reduce((total, id) => total + worthOf(id), 0n);
    const canPay = (voters: number) =>
      voters > 0 && BigInt(voters) * election.budget >= cost * BigInt(election.ballots.length);
    const agreeing = election.ballots.filter((ballot) => group.every((id) => (ballot[id] ?? 0) > 0));
    const missing = group.filter((id) => !selected.includes(id));
    if (missing.length === 0 || !canPay(agreeing.length)) continue;
    demands += 1;
    const unsatisfied = agreeing.filter((ballot) => {
      const gets = selected.reduce((total, id) => ((ballot[id] ?? 0) > 0 ? total + worthOf(id) : total), 0n);
      return gets < demanded && missing.every((id) => gets + worthOf(id) <= demanded);
    });
    if (canPay(unsatisfied.length)) return { demands, leftOut: group };
  }
  return { demands, leftOut: null };
}

function figures(outcome: Outcome) {
  const { selected, cost, voters, endowment, iterations, stop, comparison, ranking } = outcome;
  return { selected, cost, voters, endowment, iterations, stop, comparison, ranking };
}

function offered({ steps }: Outcome): bigint {
  return steps.reduce((total, step) => (step.kind === "residue" ? total + step.amount : total), 0n);
}

function costIn(election: SlowElection, id: string): bigint {
  return election.projects.find((project) => project.id === id)?.cost ?? 0n;
}

/** All subsets of a few ids but the empty one. */
function subsets(ids: readonly string[]): string[][] {
  return Array.from({ length: 2 ** ids.length - 1 }, (_, mask) =>
    ids.filter((_id, bit) => ((mask + 1) >> bit) % 2 === 1),
  );
}

function sum(amounts: readonly Rational[]): Rational {
  return amounts.reduce(add, ZERO);
}

function equal(a: Rational, b: Rational): boolean {
  return subtract(a, b).n === 0n;
}
