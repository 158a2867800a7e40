import { minimum, multiply, type Rational, rational, subtract, ZERO } from "../rational";
import type { Choice, Instance, Project } from "./instance";
import type { Outcome } from "./outcome";
import { count, money, project as named, type Sentence } from "./sentence";
import { tallyBallots } from "./tally";

/** What one ballot helped to pay for one project. */
export interface Contribution {
  readonly project: string;
  /** Money units. All ballots' contributions to a project together are its cost. */
  readonly amount: Rational;
  /** `share`: from the voter's own share or load. `vote`: the cost divided by the votes it was chosen by. */
  readonly by: "share" | "vote";
}

export interface BallotExplanation {
  /** Money units the voter started with under Equal Shares; null under other rules. */
  readonly endowment: Rational | null;
  /** Money units the voter had left at the end; endowment = left + Σ contributions by share. */
  readonly left: Rational | null;
  /** In the order of selection. */
  readonly contributions: readonly Contribution[];
  /** Projects of the ballot that were not selected. */
  readonly unfunded: readonly string[];
  readonly sentences: readonly Sentence[];
}

/** What of an instance explains one of its ballots, without all the others. */
export interface BallotBasis {
  readonly projects: readonly Project[];
  /** Point units above 0 that each project got from all its supporters. */
  readonly power: readonly bigint[];
}

export function ballotBasis(instance: Instance): BallotBasis {
  return { projects: instance.projects, power: tallyBallots(instance).power };
}

/** Explains what a ballot helped to pay. `choices` are those of the instance's own profile (points above 0 count). */
export function explainBallot(
  basis: BallotBasis,
  outcome: Outcome,
  choices: readonly Choice[],
): BallotExplanation {
  const given = new Map(
    choices.flatMap(({ project, points }) =>
      points > 0 ? [[basis.projects[project]?.id ?? "", points] as const] : [],
    ),
  );
  const shares = outcome.rule.rule === "mes" && outcome.comparison?.kept !== "greedy";
  const endowment = shares ? outcome.endowment : null;
  const { contributions, left } = contributionsOf(basis, outcome, given, endowment);
  const unfunded = [...given.keys()].filter((id) => !outcome.selected.includes(id));
  const ordered = outcome.selected.flatMap((id) => contributions.filter(({ project }) => project === id));
  const sentences: Sentence[] = ordered.map((contribution) => sentenceFor(contribution, outcome));
  if (endowment !== null && left !== null) {
    const values = {
      endowment: money(endowment),
      left: money(left),
      spent: money(subtract(endowment, left)),
    };
    sentences.push({ key: "allocation.ballot.left", values });
  }
  if (given.size === 0) sentences.push({ key: "allocation.ballot.blank", values: {} });
  else if (ordered.length === 0) {
    sentences.push({ key: "allocation.ballot.nothing", values: { choices: count(given.size) } });
  }
  return { endowment, left, contributions: ordered, unfunded, sentences };
}

function contributionsOf(
  basis: BallotBasis,
  outcome: Outcome,
  given: ReadonlyMap<string, number>,
  endowment: Rational | null,
): { readonly contributions: readonly Contribution[]; readonly left: Rational | null } {
  const withPoints =
    outcome.rule.rule === "mes" &&
    (outcome.rule.utility === "points" || outcome.rule.utility === "points-x-cost");
  const contributions: Contribution[] = [];
  let left = endowment;
  let load = ZERO;
  for (const step of outcome.steps) {
    const points = given.get(step.project);
    if (points === undefined) continue;
    switch (step.kind) {
      case "free":
        contributions.push({ project: step.project, amount: ZERO, by: "share" });
        break;
      case "equal-shares": {
        const price = withPoints ? multiply(step.price, rational(BigInt(points))) : step.price;
        const amount = minimum(left ?? ZERO, price);
        left = subtract(left ?? ZERO, amount);
        contributions.push({ project: step.project, amount, by: "share" });
        break;
      }
      case "phragmen":
        contributions.push({ project: step.project, amount: subtract(step.load, load), by: "share" });
        load = step.load;
        break;
      case "taken":
        contributions.push({
          project: step.project,
          amount: partOfCost(basis, step.project, points),
          by: "vote",
        });
        break;
      default:
        break;
    }
  }
  return { contributions, left };
}

/** The cost divided by the points (or approvals) of all supporters, times those of this ballot. */
function partOfCost(basis: BallotBasis, id: string, points: number): Rational {
  const index = basis.projects.findIndex((project) => project.id === id);
  const power = basis.power[index] ?? 0n;
  return power === 0n ? ZERO : rational((basis.projects[index]?.cost ?? 0n) * BigInt(points), power);
}

function sentenceFor(contribution: Contribution, outcome: Outcome): Sentence {
  return {
    key: contribution.by === "share" ? "allocation.ballot.paid" : "allocation.ballot.chose",
    values: {
      project: named(contribution.project),
      amount: money(contribution.amount),
      voters: count(outcome.voters),
    },
  };
}
