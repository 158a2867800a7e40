import { byVotes } from "../allocation/greedy";
import type { Project } from "../allocation/instance";
import { roundInstance } from "../allocation/round";
import type { RuleSpec } from "../allocation/rule-spec";
import { tallyBallots } from "../allocation/tally";
import type { BallotContent, BallotForm } from "../ballots/content";
import { VotingError } from "../errors";
import { comparePoints } from "../natural-order";
import { formatDecimal } from "../rational";
import type { PabulibDocument } from "./document";
import { countedComment } from "./rule-in-meta";
import { ruleName, wholeThreshold } from "./rule-name";

export interface ListedProject extends Project {
  readonly name: string;
}

/** What META tells beside the figures. Days are `YYYY-MM-DD`, as they were where the round was held. */
export interface AboutRound {
  readonly description: string;
  /** As ISO 3166 names it in English. */
  readonly country: string;
  readonly unit: string;
  readonly instance: string;
  readonly firstDay: string;
  readonly lastDay: string;
}

/** A round as anybody may count it again. */
export interface ExportedRound {
  readonly about: AboutRound;
  /** ISO 4217. */
  readonly currency: string;
  /** Money units. */
  readonly budget: bigint;
  readonly moneyDecimals: number;
  readonly projects: readonly ListedProject[];
  readonly form: BallotForm;
  /** Valid ballots only. */
  readonly ballots: readonly BallotContent[];
  readonly rule: RuleSpec;
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
 * A round as a Pabulib document that Pabulib's checker passes and that whoever has it alone can count again. Ballots
 * are sorted by what they say and numbered anew, so that their order tells nothing about time and every organisation
 * writes the same bytes. Projects are in order of votes, equals in the order that decides ties.
 * Throws VotingError `id-not-exportable` for an id that a list could not hold.
 */
export function exportRound(round: ExportedRound): PabulibDocument {
  const { about, form, projects, moneyDecimals, rule, tieOrder } = round;
  for (const { id } of projects) {
    if (id === "" || id !== id.trim() || id.includes(",")) {
      throw new VotingError("id-not-exportable", `the id "${id}" cannot stand in a list`, { project: id });
    }
  }
  const tally = tallyBallots(roundInstance(round).instance);
  const place = new Map(projects.map(({ id }, index) => [id, index]));
  const withPoints = form.type === "points";
  const lines = round.ballots
    .map((ballot) => ballotLine(ballot, place))
    .sort((a, b) => comparePoints(a.vote, b.vote) || comparePoints(a.points, b.points));
  const amount = (units: bigint) => formatDecimal(units, moneyDecimals);
  const optional = (key: string, value: string | number | null): (readonly [string, string])[] =>
    value === null ? [] : [[key, String(value)]];
  const selected = round.selected === null ? null : new Set(round.selected);
  const votes = votesOf(round);
  const inOrder = byVotes(tally).groups.flat();
  return {
    meta: [
      ["description", oneLine(about.description)],
      ["country", about.country],
      ["unit", oneLine(about.unit)],
      ["instance", about.instance],
      ["num_projects", String(projects.length)],
      ["num_votes", String(lines.length)],
      ["budget", amount(round.budget)],
      ["vote_type", voteType(form)],
      ["rule", ruleName(tally, form.type, rule, round.selected)],
      ["date_begin", pabulibDay(about.firstDay)],
      ["date_end", pabulibDay(about.lastDay)],
      ...optional("min_length", form.minChoices),
      ...optional("max_length", form.maxChoices),
      ...optional("min_sum_cost", form.minCost === null ? null : amount(form.minCost)),
      ...optional("max_sum_cost", form.maxCost === null ? null : amount(form.maxCost)),
      ...optional("min_points", form.minPoints),
      ...optional("max_points", form.maxPoints),
      ...optional("min_sum_points", form.minSum),
      ...optional("max_sum_points", form.maxSum),
      ...optional("min_project_score_threshold", wholeThreshold(rule)),
      ["currency", round.currency],
      ...optional("fully_funded", isFullyFunded(round) ? 1 : null),
      ["comment", countedComment({ rule, tieOrder })],
    ],
    projectColumns: ["project_id", "cost", "votes", "name", ...(selected === null ? [] : ["selected"])],
    projects: inOrder.map((index) => {
      const { id = "", cost = 0n, name = "" } = projects[index] ?? {};
      return [
        ...[id, amount(cost), String(votes.get(id) ?? 0), oneLine(name) || id],
        ...(selected === null ? [] : [selected.has(id) ? "1" : "0"]),
      ];
    }),
    voteColumns: ["voter_id", "vote", ...(withPoints ? ["points"] : [])],
    votes: lines.map(({ vote, points }, index) => [String(index + 1), vote, ...(withPoints ? [points] : [])]),
  };
}

/** On a ballot of one choice somebody has to be chosen; where a blank one is valid it is an approval of at most one. */
function voteType({ type, minChoices }: BallotForm): string {
  return type === "choice" && (minChoices ?? 0) < 1 ? "approval" : VOTE_TYPES[type];
}

/** How many ballots name each project. */
function votesOf({ ballots }: ExportedRound): ReadonlyMap<string, number> {
  const votes = new Map<string, number>();
  for (const { choices } of ballots) for (const id of choices) votes.set(id, (votes.get(id) ?? 0) + 1);
  return votes;
}

/** Whether there is money for everything, in whole currency units as Pabulib compares it. */
function isFullyFunded({ budget, projects, moneyDecimals }: ExportedRound): boolean {
  const unit = 10n ** BigInt(moneyDecimals);
  return budget / unit >= projects.reduce((sum, { cost }) => sum + cost / unit, 0n);
}

/** `2027-03-01` as `01.03.2027`. */
function pabulibDay(day: string): string {
  return day.split("-").reverse().join(".");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
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
