import { VotingError } from "../errors";
import { type Decimal, formatDecimal, rescale } from "../rational";
import { groupEquals, type Order } from "./greedy";
import type { RankingLine } from "./outcome";
import type { Tally } from "./tally";

export interface ScoreOptions {
  /** Points of the project with most votes. */
  readonly weight: Decimal;
  /** Technical points of each project, by id. */
  readonly scores: ReadonlyMap<string, Decimal>;
}

/**
 * Ranks projects by technical points plus weight × votes / most votes, the vote points rounded half up to
 * hundredths; ties by more votes, then lower cost, then the drawn or natural order. Source: the notice of
 * AxTO 4.01 (Città di Torino, 2018), whose published ranking it reproduces.
 * Throws VotingError `score-missing` for a project without technical points.
 */
export function scorePlusVotes(
  tally: Tally,
  options: ScoreOptions,
): { readonly order: Order; readonly ranking: readonly RankingLine[] } {
  const { projects } = tally.instance;
  const scores = projects.map(({ id }) => {
    const score = options.scores.get(id);
    if (score === undefined) {
      throw new VotingError("score-missing", `project ${id} has no technical score`, { project: id });
    }
    return score;
  });
  const decimals = scores.reduce((most, score) => Math.max(most, score.decimals), 2);
  let most = 0n;
  for (const votes of tally.votes) if (votes > most) most = votes;
  const lines = projects.map(({ id }, project) => {
    const hundredths = votePoints(tally.votes[project] ?? 0n, most, options.weight);
    const technical = scores[project] ?? { units: 0n, decimals: 0 };
    const points = hundredths * 10n ** BigInt(decimals - 2);
    return { id, project, technical, hundredths, total: rescale(technical, decimals) + points };
  });
  lines.sort((a, b) => {
    if (a.total !== b.total) return a.total > b.total ? -1 : 1;
    const votes = (tally.votes[b.project] ?? 0n) - (tally.votes[a.project] ?? 0n);
    if (votes !== 0n) return votes < 0n ? -1 : 1;
    return (tally.rank[a.project] ?? 0) - (tally.rank[b.project] ?? 0);
  });
  const totals = new Map(lines.map(({ project, total }) => [project, total]));
  const groups = groupEquals(
    lines.map(({ project }) => project),
    (a, b) => totals.get(a) === totals.get(b),
  );
  return {
    order: { groups, tiesFirstBy: "votes" },
    ranking: lines.map(({ id, technical, hundredths, total }) => ({
      project: id,
      technical: formatDecimal(technical.units, technical.decimals),
      votePoints: formatDecimal(hundredths, 2),
      total: formatDecimal(total, decimals),
    })),
  };
}

/** weight × votes / most, in hundredths, rounded half up. */
function votePoints(votes: bigint, most: bigint, weight: Decimal): bigint {
  if (votes <= 0n) return 0n;
  const denominator = most * 10n ** BigInt(weight.decimals);
  return (2n * 100n * weight.units * votes + denominator) / (2n * denominator);
}
