/**
 * A second, slow and obvious implementation of the rules: one voter at a time, one fraction at a time. It
 * serves tests only, and shares nothing with voting/allocation but the fractions.
 */
import {
  add,
  compare,
  divide,
  floor,
  multiply,
  type Rational,
  rational,
  subtract,
  ZERO,
} from "@/voting/rational";

export interface SlowProject {
  readonly id: string;
  readonly cost: bigint;
}

/** A ballot gives points to projects by id; an approval gives 1. */
export type SlowBallot = Readonly<Record<string, number>>;

export interface SlowElection {
  readonly budget: bigint;
  readonly projects: readonly SlowProject[];
  readonly ballots: readonly SlowBallot[];
}

export interface SlowMes {
  readonly utility: "cost" | "cardinality" | "points" | "points-x-cost";
  readonly completion: "none" | "utilitarian" | "add1" | "add1u";
  readonly start: "exact" | "floor";
  readonly stop: "exhaustive" | "overspend";
  readonly increment: Rational;
}

export interface SlowOutcome {
  readonly selected: readonly string[];
  readonly endowment: Rational;
  readonly iterations: number;
  readonly stop: string;
}

export function slowMes(election: SlowElection, options: SlowMes): SlowOutcome {
  const exact =
    election.ballots.length === 0 ? ZERO : rational(election.budget, BigInt(election.ballots.length));
  const withAdd1 = options.completion === "add1" || options.completion === "add1u";
  let endowment = withAdd1 && options.start === "floor" ? rational(floor(exact)) : exact;
  let selected = slowShares(election, options.utility, endowment);
  let iterations = 0;
  let stop = "";
  while (withAdd1 && stop === "") {
    const left = election.budget - costOf(election, selected);
    const open = election.projects.filter(
      ({ id, cost }) => cost > 0n && !selected.includes(id) && supporters(election, id).length > 0,
    );
    if (options.stop === "exhaustive" && open.every(({ cost }) => cost > left)) stop = "exhaustive";
    else if (open.length === 0) stop = "all-selected";
    else {
      const raised = add(endowment, options.increment);
      const next = slowShares(election, options.utility, raised);
      iterations += 1;
      if (costOf(election, next) > election.budget) stop = "overspend-next";
      else [selected, endowment] = [next, raised];
    }
  }
  if (options.completion === "utilitarian" || options.completion === "add1u") {
    selected = slowGreedy(election, selected);
  }
  return { selected, endowment, iterations, stop };
}

/** Equal Shares with a given amount for each voter. */
export function slowShares(
  election: SlowElection,
  utility: SlowMes["utility"],
  endowment: Rational,
): string[] {
  const money = election.ballots.map(() => endowment);
  const withVotes = election.projects.filter(({ id }) => supporters(election, id).length > 0);
  const selected = inTieOrder(
    election,
    withVotes.filter(({ cost }) => cost === 0n),
  ).map(({ id }) => id);
  let open = withVotes.filter(({ cost }) => cost > 0n);
  for (;;) {
    const priced = open.flatMap((project) => {
      const price = priceOf(election, project, utility, money);
      return price === null ? [] : [{ project, price, value: valueIn(project, price, utility) }];
    });
    open = priced.map(({ project }) => project);
    const best = priced.reduce<Rational | null>(
      (least, { value }) => (least === null || compare(value, least) < 0 ? value : least),
      null,
    );
    if (best === null) return selected;
    const tied = priced.filter(({ value }) => compare(value, best) === 0);
    const [first] = inTieOrder(
      election,
      tied.map(({ project }) => project),
    );
    const winner = tied.find(({ project }) => project === first);
    if (winner === undefined) return selected;
    selected.push(winner.project.id);
    open = open.filter((project) => project !== winner.project);
    for (const voter of supporters(election, winner.project.id)) {
      const due = multiply(winner.price, pointsOf(election, voter, winner.project.id, utility));
      const has = money[voter] ?? ZERO;
      money[voter] = compare(has, due) < 0 ? ZERO : subtract(has, due);
    }
  }
}

/** The least price ρ with Σ min(money, ρ × points) = cost, by trying which supporters give all they have. */
function priceOf(
  election: SlowElection,
  project: SlowProject,
  utility: SlowMes["utility"],
  money: readonly Rational[],
): Rational | null {
  const payers = supporters(election, project.id).map((voter) => {
    const points = pointsOf(election, voter, project.id, utility);
    const has = money[voter] ?? ZERO;
    return { has, points, limit: divide(has, points) };
  });
  const cost = rational(project.cost);
  const held = payers.reduce((sum, { has }) => add(sum, has), ZERO);
  if (compare(held, cost) < 0) return null;
  payers.sort((a, b) => compare(a.limit, b.limit));
  let rest = cost;
  let points = payers.reduce((sum, payer) => add(sum, payer.points), ZERO);
  for (const payer of payers) {
    const price = divide(rest, points);
    if (compare(price, payer.limit) <= 0) return price;
    rest = subtract(rest, payer.has);
    points = subtract(points, payer.points);
  }
  return null;
}

/** What is compared between projects, less being better. */
function valueIn(project: SlowProject, price: Rational, utility: SlowMes["utility"]): Rational {
  const byCost = utility === "cost" || utility === "points-x-cost";
  return byCost ? divide(price, rational(project.cost)) : price;
}

function pointsOf(election: SlowElection, voter: number, id: string, utility: SlowMes["utility"]): Rational {
  const points = election.ballots[voter]?.[id] ?? 0;
  return rational(utility === "points" || utility === "points-x-cost" ? BigInt(points) : 1n);
}

/** Greedy by votes with skipping, after what is selected already. */
export function slowGreedy(election: SlowElection, before: readonly string[] = []): string[] {
  const byTie = inTieOrder(election, election.projects);
  const order = [...byTie].sort((a, b) => votes(election, b.id) - votes(election, a.id));
  return fill(election, order, before);
}

/** Greedy by votes per cost with skipping. */
export function slowGreedyPerCost(election: SlowElection): string[] {
  const density = ({ id, cost }: SlowProject): Rational | "infinite" => {
    const count = BigInt(votes(election, id));
    if (cost === 0n) return count > 0n ? "infinite" : ZERO;
    return rational(count, cost);
  };
  const order = [...inTieOrder(election, election.projects)].sort((a, b) => {
    const [x, y] = [density(a), density(b)];
    if (x === "infinite" || y === "infinite") return Number(y === "infinite") - Number(x === "infinite");
    return compare(y, x);
  });
  return fill(election, order, []);
}

function fill(election: SlowElection, order: readonly SlowProject[], before: readonly string[]): string[] {
  const selected = [...before];
  for (const { id, cost } of order) {
    if (!selected.includes(id) && costOf(election, selected) + cost <= election.budget) selected.push(id);
  }
  return selected;
}

export function slowPhragmen(election: SlowElection): string[] {
  const loads = election.ballots.map(() => ZERO);
  const selected: string[] = [];
  let open = election.projects.filter(
    ({ id, cost }) => cost <= election.budget && supporters(election, id).length > 0,
  );
  while (open.length > 0) {
    const loaded = open.map((project) => {
      const voters = supporters(election, project.id);
      const sum = voters.reduce((total, voter) => add(total, loads[voter] ?? ZERO), rational(project.cost));
      return { project, voters, load: divide(sum, rational(BigInt(voters.length))) };
    });
    const least = loaded.reduce((a, b) => (compare(b.load, a.load) < 0 ? b : a)).load;
    const tied = loaded.filter(({ load }) => compare(load, least) === 0);
    const spent = costOf(election, selected);
    if (tied.some(({ project }) => spent + project.cost > election.budget)) return selected;
    const [first] = inTieOrder(
      election,
      tied.map(({ project }) => project),
    );
    const winner = tied.find(({ project }) => project === first);
    if (winner === undefined) return selected;
    for (const voter of winner.voters) loads[voter] = winner.load;
    selected.push(winner.project.id);
    open = open.filter((project) => project !== winner.project);
  }
  return selected;
}

/** Voters who get more from the first selection, and from the second. */
export function slowComparison(election: SlowElection, first: readonly string[], second: readonly string[]) {
  let prefersOutcome = 0;
  let prefersGreedy = 0;
  for (const ballot of election.ballots) {
    const gain = (selection: readonly string[]) => selection.reduce((sum, id) => sum + (ballot[id] ?? 0), 0);
    if (gain(first) > gain(second)) prefersOutcome += 1;
    if (gain(first) < gain(second)) prefersGreedy += 1;
  }
  return { prefersOutcome, prefersGreedy };
}

export function costOf(election: SlowElection, selected: readonly string[]): bigint {
  return selected.reduce((sum, id) => sum + (election.projects.find((p) => p.id === id)?.cost ?? 0n), 0n);
}

/** Voters (by place) who give the project points. */
export function supporters(election: SlowElection, id: string): number[] {
  return election.ballots.flatMap((ballot, voter) => ((ballot[id] ?? 0) > 0 ? [voter] : []));
}

function votes(election: SlowElection, id: string): number {
  return election.ballots.reduce((sum, ballot) => sum + (ballot[id] ?? 0), 0);
}

/** Lower cost, more votes, then ids: test ids are a letter and a number, or a number. */
function inTieOrder(election: SlowElection, projects: readonly SlowProject[]): SlowProject[] {
  return [...projects].sort(
    (a, b) =>
      Number(a.cost - b.cost) ||
      votes(election, b.id) - votes(election, a.id) ||
      Number(a.id.replace(/\D/g, "")) - Number(b.id.replace(/\D/g, "")),
  );
}
