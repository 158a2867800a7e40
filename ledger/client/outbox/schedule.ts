/** What the order of sending depends on. */
export interface Schedulable {
  readonly sequence: number;
  /** A path; `null`: in any order. */
  readonly orderKey: string | null;
  /** Items of one batch key may share a transaction. */
  readonly batchKey: string | null;
  /** Whose turn it takes: items of many people are sent in turns. */
  readonly person: string;
}

/**
 * Chooses what is sent next: of each person one, then of each another, in the order of their sequence; an item only
 * once nothing before it on its path is under way or waiting. Items that may share a transaction are put together and
 * take one turn.
 * @param waiting in the order of their sequence; an item for which `ready` is false keeps its place and holds up its path
 * @param underWay groups that are being sent
 */
export function nextGroups<T extends Schedulable>(
  waiting: readonly T[],
  underWay: readonly (readonly T[])[],
  limits: { groups: number; batch: number; batchesOfOneKey: number },
  ready: (item: T) => boolean = () => true,
): T[][] {
  const paths = new PathSet();
  const batchesUnderWay = new Map<string, number>();
  for (const group of underWay) {
    for (const { orderKey } of group) paths.add(orderKey);
    const key = group[0]?.batchKey;
    if (key) batchesUnderWay.set(key, (batchesUnderWay.get(key) ?? 0) + 1);
  }
  const free: T[][] = [];
  const filling = new Map<string, T[]>();
  for (const item of waiting) {
    const held = !ready(item) || paths.holdsUp(item.orderKey);
    paths.add(item.orderKey);
    if (held) continue;
    const batch = item.batchKey === null ? undefined : filling.get(item.batchKey);
    if (batch && batch.length < limits.batch) {
      batch.push(item);
      continue;
    }
    if (item.batchKey !== null) {
      const open = batchesUnderWay.get(item.batchKey) ?? 0;
      if (open >= limits.batchesOfOneKey) continue;
      batchesUnderWay.set(item.batchKey, open + 1);
    }
    const group = [item];
    free.push(group);
    if (item.batchKey !== null) filling.set(item.batchKey, group);
  }
  return inTurns(free, underWay).slice(0, Math.max(0, limits.groups - underWay.length));
}

/** Groups by the number of their person's before them, under way or waiting; otherwise as they are. */
function inTurns<T extends Schedulable>(free: readonly T[][], underWay: readonly (readonly T[])[]): T[][] {
  const taken = new Map<string, number>();
  const turnOf = (group: readonly T[]) => {
    const person = group[0]?.person ?? "";
    const turn = taken.get(person) ?? 0;
    taken.set(person, turn + 1);
    return turn;
  };
  for (const group of underWay) turnOf(group);
  return free
    .map((group) => ({ group, turn: turnOf(group) }))
    .sort((a, b) => a.turn - b.turn)
    .map(({ group }) => group);
}

/** Paths that are taken. A path is held up by itself, by what is above it and by what is below it. */
class PathSet {
  readonly #taken = new Set<string>();
  readonly #above = new Set<string>();

  add(path: string | null): void {
    if (path === null || this.#taken.has(path)) return;
    this.#taken.add(path);
    for (const ancestor of ancestorsOf(path)) this.#above.add(ancestor);
  }

  holdsUp(path: string | null): boolean {
    if (path === null) return false;
    if (this.#taken.has(path) || this.#above.has(path)) return true;
    return ancestorsOf(path).some((ancestor) => this.#taken.has(ancestor));
  }
}

/** The paths that items take, to ask what they hold up. */
export function pathsOf(orderKeys: readonly (string | null)[]): PathSet {
  const paths = new PathSet();
  for (const key of orderKeys) paths.add(key);
  return paths;
}

function ancestorsOf(path: string): string[] {
  const ancestors: string[] = [];
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1))
    ancestors.push(path.slice(0, end));
  return ancestors;
}
