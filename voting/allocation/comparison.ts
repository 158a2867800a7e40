import type { Tally } from "./tally";

/**
 * How many voters get strictly more from one selection than from the other, counted in approved winners
 * (in point units on points ballots), never in cost. Voters who get nothing from one of them count too.
 */
export function compareSelections(
  tally: Tally,
  outcome: readonly number[],
  other: readonly number[],
): { readonly prefersOutcome: number; readonly prefersGreedy: number } {
  const balance = new Float64Array(tally.blocs);
  const credit = (selection: readonly number[], sign: 1 | -1) => {
    for (const project of selection) {
      for (let e = tally.offsets[project] ?? 0; e < (tally.offsets[project + 1] ?? 0); e++) {
        const bloc = tally.supporters[e] ?? 0;
        balance[bloc] = (balance[bloc] ?? 0) + sign * (tally.points === null ? 1 : (tally.points[e] ?? 0));
      }
    }
  };
  credit(outcome, 1);
  credit(other, -1);
  let prefersOutcome = 0;
  let prefersGreedy = 0;
  balance.forEach((difference, bloc) => {
    if (difference > 0) prefersOutcome += tally.weight[bloc] ?? 0;
    if (difference < 0) prefersGreedy += tally.weight[bloc] ?? 0;
  });
  return { prefersOutcome, prefersGreedy };
}
