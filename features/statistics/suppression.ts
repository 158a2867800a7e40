/**
 * Numbers of people that are shown to everybody. A cell of fewer than `LEAST` is withheld, and with it as many others as
 * are needed for nobody to find it by subtraction from a sum (primary and secondary suppression, as in A. Hundepool et
 * al., Statistical Disclosure Control, 2012, chapter 4). Pure.
 */

/** The fewest people of whom a number is told. */
export const LEAST = 10;

/**
 * The numbers that may be shown, null where one is withheld; nobody at all is nobody in particular.
 * @param counts people of each cell, whose sum may be known
 */
export function withheld(counts: readonly number[]): (number | null)[] {
  const isHidden = counts.map((count) => count > 0 && count < LEAST);
  if (!isHidden.includes(true)) return [...counts];
  // What is hidden together must be more than one cell, and of as many people as may be told.
  const smallestFirst = counts
    .map((count, index) => ({ count, index }))
    .filter(({ count, index }) => count > 0 && !isHidden[index])
    .sort((a, b) => a.count - b.count || a.index - b.index);
  for (const { index } of smallestFirst) {
    const hidden = counts.filter((_, at) => isHidden[at]);
    if (hidden.length > 1 && hidden.reduce((sum, count) => sum + count, 0) >= LEAST) break;
    isHidden[index] = true;
  }
  return counts.map((count, index) => (isHidden[index] ? null : count));
}
