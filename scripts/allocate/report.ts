import type { Outcome, TieCriterion } from "../../voting/allocation/outcome";
import type { PabulibFile } from "../../voting/pabulib/parse";
import { formatDecimal, formatRational, rational } from "../../voting/rational";

export interface Report {
  readonly file: PabulibFile;
  readonly outcome: Outcome;
  /** What META says that does not fit or was not applied. */
  readonly notes: readonly string[];
  readonly milliseconds: number;
}

/** The outcome as one JSON object; money in the currency unit, exact, as text. */
export function jsonReport({ file, outcome, notes, milliseconds }: Report): string {
  const { comparison, ranking } = outcome;
  const residue = outcome.steps.find((step) => step.kind === "residue");
  return JSON.stringify(
    {
      selected: outcome.selected,
      cost: money(outcome, outcome.cost),
      budget: money(outcome, outcome.budget),
      voters: outcome.voters,
      endowment: endowment(outcome),
      iterations: outcome.iterations,
      stop: outcome.stop,
      ...(comparison === null
        ? {}
        : {
            comparison: {
              prefersOutcome: comparison.prefersOutcome,
              prefersGreedy: comparison.prefersGreedy,
            },
          }),
      ...(residue === undefined
        ? {}
        : { residue: { project: residue.project, amount: money(outcome, residue.amount) } }),
      ...(ranking === null ? {} : { ranking }),
      rule: outcome.rule,
      ties: outcome.ties,
      ...(notes.length === 0 ? {} : { notes }),
      void: file.void.length,
      ...(file.void.length === 0
        ? {}
        : {
            voidBallots: file.void.map(({ voter, line, reason }) => ({
              voter,
              line,
              reason: reason.code,
              ...reason.details,
            })),
          }),
      milliseconds,
    },
    null,
    2,
  );
}

const STOPS: Readonly<Record<Outcome["stop"], string>> = {
  "end-of-list": "every project was considered",
  "first-not-fitting": "the first project that does not fit ends it",
  unaffordable: "no group of supporters can pay for another project",
  exhaustive: "no further project with votes fits into the budget",
  "overspend-next": "one increment more would spend more than the budget",
  "all-selected": "every project with votes is selected",
  "next-not-fitting": "a project that comes next does not fit",
};

const CRITERIA: Readonly<Record<TieCriterion, string>> = {
  cost: "it costs less",
  votes: "it has more votes",
  "drawn-order": "it comes first in the drawn order",
  id: "no order was drawn and its number is lower",
};

/** The outcome for a reader at a terminal. */
export function textReport({ file, outcome, milliseconds }: Report): string {
  const costs = new Map(file.instance.projects.map(({ id, cost }) => [id, cost]));
  const rows = outcome.selected.map((id, place) => [
    `${place + 1}.`,
    id,
    money(outcome, costs.get(id) ?? 0n),
    file.names.get(id) ?? id,
  ]);
  const lines = [
    `Budget ${money(outcome, outcome.budget)}, ${outcome.voters} ballots, ${file.void.length} void`,
    "",
    ...table([["", "project", "cost", "title"], ...rows], [2]),
    "",
    `${outcome.selected.length} projects for ${money(outcome, outcome.cost)}; ${money(outcome, outcome.budget - outcome.cost)} left`,
    `Ended because ${STOPS[outcome.stop]}.`,
  ];
  const share = endowment(outcome);
  if (share !== null) lines.push(`Each voter had ${share}; re-runs: ${outcome.iterations}.`);
  if (outcome.comparison !== null) {
    const { prefersOutcome, prefersGreedy, kept } = outcome.comparison;
    lines.push(
      `${prefersOutcome} voters prefer Equal Shares, ${prefersGreedy} greedy: ${kept === "greedy" ? "greedy" : "Equal Shares"} stands.`,
    );
  }
  for (const step of outcome.steps) {
    if (step.kind === "residue")
      lines.push(`Project ${step.project} is offered the ${money(outcome, step.amount)} left.`);
  }
  if (outcome.ranking !== null) {
    const ranked = outcome.ranking.map((line) => [line.project, line.technical, line.votePoints, line.total]);
    lines.push("", ...table([["project", "technical", "votes", "total"], ...ranked], [1, 2, 3]));
  }
  for (const { ahead, behind, decidedBy } of outcome.ties) {
    const why =
      ahead.length === 1 ? CRITERIA[decidedBy] : CRITERIA[decidedBy].replace("it ", "the last of them ");
    lines.push(`Tie: ${ahead.join(", ")} before ${behind.join(", ")}, because ${why}.`);
  }
  for (const { voter, line, reason } of file.void)
    lines.push(`Void: voter ${voter} on line ${line} (${reason.code}).`);
  lines.push(`${milliseconds} ms`);
  return `${lines.join("\n")}\n`;
}

function endowment({ endowment: share, moneyDecimals }: Outcome): string | null {
  return share === null ? null : formatRational(rational(share.n, share.d * 10n ** BigInt(moneyDecimals)));
}

function money({ moneyDecimals }: Outcome, units: bigint): string {
  return formatDecimal(units, moneyDecimals);
}

function table(rows: readonly (readonly string[])[], rightAligned: readonly number[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => [...(row[column] ?? "")].length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const padding = " ".repeat((widths[column] ?? 0) - [...cell].length);
        return rightAligned.includes(column) ? padding + cell : cell + padding;
      })
      .join("  ")
      .trimEnd(),
  );
}
