/** The order among equal projects, drawn when a round opens. */

/** Text whose SHA-256 is the seed: everything frozen and the two numbers, none of them known when it was frozen. */
export function drawText(frozenDigest: string, reveal: string, contribution: string): string {
  return ["cocity-draw-1", frozenDigest, reveal, contribution].join("\n");
}

/**
 * Ballot numbers in the drawn order: by SHA-256 of the seed and the proposal, as hexadecimal text.
 * @param sha256 of a text, lower-case hexadecimal
 */
export function drawnOrder(
  seed: string,
  projects: readonly { number: number; proposal: string }[],
  sha256: (text: string) => string,
): number[] {
  return projects
    .map(({ number, proposal }) => ({ number, lot: sha256(`${seed}\n${proposal}`) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .map(({ number }) => number);
}
