import type { Tally } from "./tally";

/**
 * How many voters get strictly more from one selection than from the other, counted in approved winners
 * (in points, on points ballots), never in cost. Voters who get nothing from one of them count too.
 */
export function compareSelections(
  tally: Tally,
  outcome: readonly number[],
  other: readonly number[],
): { readonly prefersOutcome: number; readonly prefersGreedy: number } {
  const { offsets, projects, points } = tally.instance.profile;
  // 1 where only the outcome has the project, -1 where only the other has it.
  const sign = new Int8Array(tally.instance.projects.length);
  for (const project of outcome) sign[project] = (sign[project] ?? 0) + 1;
  for (const project of other) sign[project] = (sign[project] ?? 0) - 1;
  let prefersOutcome = 0;
  let prefersGreedy = 0;
  tally.firstBallot.forEach((ballot, bloc) => {
    let balance = 0;
    for (let e = offsets[ballot] ?? 0; e < (offsets[ballot + 1] ?? 0); e++) {
      balance += (sign[projects[e] ?? 0] ?? 0) * (points === null ? 1 : (points[e] ?? 0));
    }
    if (balance > 0) prefersOutcome += tally.weight[bloc] ?? 0;
    if (balance < 0) prefersGreedy += tally.weight[bloc] ?? 0;
  });
  return { prefersOutcome, prefersGreedy };
}
