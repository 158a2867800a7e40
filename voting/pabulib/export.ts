import type { Project } from "../allocation/instance";
import type { BallotContent, BallotForm } from "../ballots/content";
import { VotingError } from "../errors";
import { comparePoints } from "../natural-order";
import { formatDecimal } from "../rational";
import type { PabulibDocument } from "./document";
import { TIE_ORDER_KEY } from "./meta";

export interface ListedProject extends Project {
  readonly name: string;
}

/** A round as anybody may count it again. */
export interface ExportedRound {
  /** What META tells beside the figures: description, country, unit, instance, date_begin, rule, … */
  readonly about: readonly (readonly [key: string, value: string])[];
  /** ISO 4217. */
  readonly currency: string;
  /** Money units. */
  readonly budget: bigint;
  readonly moneyDecimals: number;
  readonly projects: readonly ListedProject[];
  readonly form: BallotForm;
  /** Valid ballots only. */
  readonly ballots: readonly BallotContent[];
  /** Project ids in the order drawn at freeze. */
  readonly tieOrder: readonly string[] | null;
  /** Ids of the selected projects, once they are known. */
  readonly selected: readonly string[] | null;
}

const VOTE_TYPES: Readonly<Record<BallotForm["type"], string>> = {
  approval: "approval",
  knapsack: "approval",
  choice: "choose-1",
  points: "cumulative",
  ranking: "ordinal",
};

/**
 * A round as a Pabulib document. Ballots are sorted by what they say and numbered anew, so that their order
 * tells nothing about time and every organisation writes the same bytes. The drawn tie order is kept
 * in a META key of its own, without which a tie could not be recomputed.
 * Throws VotingError `id-not-exportable` for an id that a list could not hold.
 */
export function exportRound(round: ExportedRound): PabulibDocument {
  const { form, projects, moneyDecimals } = round;
  for (const { id } of projects) {
    if (id === "" || id !== id.trim() || id.includes(",")) {
      throw new VotingError("id-not-exportable", `the id "${id}" cannot stand in a list`, { project: id });
    }
  }
  const place = new Map(projects.map(({ id }, index) => [id, index]));
  const withPoints = form.type === "points";
  const lines = round.ballots
    .map((ballot) => ballotLine(ballot, place))
    .sort((a, b) => comparePoints(a.vote, b.vote) || comparePoints(a.points, b.points));
  const amount = (units: bigint) => formatDecimal(units, moneyDecimals);
  const optional = (key: string, value: string | number | null): (readonly [string, string])[] =>
    value === null ? [] : [[key, String(value)]];
  const selected = round.selected === null ? null : new Set(round.selected);
  return {
    meta: [
      ...round.about,
      ["num_projects", String(projects.length)],
      ["num_votes", String(lines.length)],
      ["budget", amount(round.budget)],
      ["vote_type", VOTE_TYPES[form.type]],
      ["currency", round.currency],
      ...optional("min_length", form.minChoices),
      ...optional("max_length", form.maxChoices),
      ...optional("min_sum_cost", form.minCost === null ? null : amount(form.minCost)),
      ...optional("max_sum_cost", form.maxCost === null ? null : amount(form.maxCost)),
      ...optional("min_points", form.minPoints),
      ...optional("max_points", form.maxPoints),
      ...optional("min_sum_points", form.minSum),
      ...optional("max_sum_points", form.maxSum),
      ...optional(TIE_ORDER_KEY, round.tieOrder === null ? null : round.tieOrder.join(",")),
    ],
    projectColumns: ["project_id", "cost", "name", ...(selected === null ? [] : ["selected"])],
    projects: projects.map(({ id, cost, name }) => [
      id,
      amount(cost),
      name,
      ...(selected === null ? [] : [selected.has(id) ? "1" : "0"]),
    ]),
    voteColumns: ["voter_id", "vote", ...(withPoints ? ["points"] : [])],
    votes: lines.map(({ vote, points }, index) => [String(index + 1), vote, ...(withPoints ? [points] : [])]),
  };
}

/** Choices in the order of the ballot paper, except on rankings, where order is what was said. */
function ballotLine(ballot: BallotContent, place: ReadonlyMap<string, number>) {
  const entries = ballot.choices.map((id, index) => ({
    id,
    points: ballot.type === "points" ? (ballot.points[index] ?? "0") : "",
  }));
  if (ballot.type !== "ranking") entries.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
  return {
    vote: entries.map(({ id }) => id).join(","),
    points: entries.map(({ points }) => points).join(","),
  };
}
