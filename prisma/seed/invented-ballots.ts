/** Ballots of nobody, always the same ones: a linear congruence picks them (Numerical Recipes, section 7.1). */
export function inventedBallots(count: number, projects: number, most: number): number[][] {
  let state = 20170301;
  const next = (below: number) => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return Math.floor((state / 4294967296) * below);
  };
  return Array.from({ length: count }, () => {
    const choices = new Set<number>();
    const wanted = 1 + next(most);
    while (choices.size < wanted) choices.add(1 + Math.min(next(projects), next(projects)));
    return [...choices].sort((a, b) => a - b);
  });
}
