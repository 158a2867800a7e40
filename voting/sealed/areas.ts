/**
 * Areas joined before a round, by the size of their rolls: a ballot shows its area when it is opened, so that an area in
 * which few vote would tell who chose what. Afterwards it is too late: every opened ballot would still show where it was.
 */
export interface RollArea {
  readonly id: string;
  /** Places on the roll. */
  readonly size: number;
}

export interface JoinedArea {
  /** In the order of ids. */
  readonly areas: readonly string[];
  readonly size: number;
}

/**
 * Joins the smallest with the next smallest until none has fewer places than `least`, or one is left. Equal ones are
 * taken in the order of their ids, so that everybody who has the sizes gets the same areas.
 *
 * @throws {RangeError} for an id twice, a size that is no whole number above 0, or no area at all
 */
export function joinAreas(areas: readonly RollArea[], least: number): JoinedArea[] {
  if (areas.length === 0 || new Set(areas.map(({ id }) => id)).size !== areas.length) {
    throw new RangeError("areas: each once, and one at least");
  }
  if (areas.some(({ size }) => !Number.isSafeInteger(size) || size < 1))
    throw new RangeError("size of a roll");
  let joined = areas.map(({ id, size }): JoinedArea => ({ areas: [id], size })).sort(bySize);
  for (;;) {
    const [first, second, ...others] = joined;
    if (!first || !second || first.size >= least) break;
    const both = { areas: [...first.areas, ...second.areas].sort(byText), size: first.size + second.size };
    joined = [both, ...others].sort(bySize);
  }
  return joined.sort((a, b) => byText(a.areas[0] as string, b.areas[0] as string));
}

/** With fewer final ballots a joined area is not opened. */
export const LEAST_OPENED = 10;

/** Turnout and credentials are told in whole steps, so that nobody sees one person come. */
export const STEP = 20;

export function inSteps(count: number): number {
  return count - (count % STEP);
}

function bySize(a: JoinedArea, b: JoinedArea): number {
  return a.size - b.size || byText(a.areas[0] as string, b.areas[0] as string);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
