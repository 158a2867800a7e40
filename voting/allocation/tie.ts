import { naturalCompare } from "../natural-order";
import type { Instance } from "./instance";
import type { Tie, TieCriterion } from "./outcome";
import { count, projects, type Sentence } from "./sentence";
import type { Tally } from "./tally";

/**
 * The place of each project when a rule finds several equally good: lower cost, then more votes, then
 * the order drawn at freeze; without one, the natural order of ids. One order for a whole count, so
 * that every iteration of a completion breaks ties alike. Result: `rank[project]`, 0 first.
 */
export function tieRanks(instance: Instance, votes: readonly bigint[]): Uint32Array {
  const drawn = drawnPlaces(instance);
  const order = instance.projects.map((_, index) => index);
  order.sort((a, b) => {
    const costs = (instance.projects[a]?.cost ?? 0n) - (instance.projects[b]?.cost ?? 0n);
    if (costs !== 0n) return costs < 0n ? -1 : 1;
    const counts = (votes[b] ?? 0n) - (votes[a] ?? 0n);
    if (counts !== 0n) return counts < 0n ? -1 : 1;
    return (drawn[a] ?? 0) - (drawn[b] ?? 0);
  });
  const ranks = new Uint32Array(order.length);
  order.forEach((project, rank) => {
    ranks[project] = rank;
  });
  return ranks;
}

/** The place of each project in the drawn order, or in the natural order of ids without a draw. */
function drawnPlaces(instance: Instance): Uint32Array {
  const ids = instance.tieOrder ?? instance.projects.map(({ id }) => id).sort(naturalCompare);
  const place = new Map(ids.map((id, index) => [id, index]));
  return Uint32Array.from(instance.projects, ({ id }) => place.get(id) ?? 0);
}

/**
 * The tie between projects that a rule found equally good, of which `ahead` went before `behind`; null when there are
 * none on one of the sides. `first` is what the rule looks at before anything else.
 */
export function tieBetween(
  { instance, votes }: Tally,
  ahead: readonly number[],
  behind: readonly number[],
  first: "cost" | "votes" = "cost",
): Tie | null {
  const [last, next] = [ahead.at(-1), behind[0]];
  if (last === undefined || next === undefined) return null;
  const differ = {
    cost: instance.projects[last]?.cost !== instance.projects[next]?.cost,
    votes: votes[last] !== votes[next],
  };
  const second = first === "cost" ? "votes" : "cost";
  const otherwise: TieCriterion = instance.tieOrder === null ? "id" : "drawn-order";
  const id = (project: number) => instance.projects[project]?.id ?? "";
  return {
    ahead: ahead.map(id),
    behind: behind.map(id),
    decidedBy: differ[first] ? first : differ[second] ? second : otherwise,
  };
}

/** Says who went before whom, and why. */
export function tieSentence({ ahead, behind, decidedBy }: Tie): Sentence {
  return {
    key: `allocation.tie.${decidedBy}`,
    values: {
      all: projects([...ahead, ...behind]),
      ahead: projects(ahead),
      count: count(ahead.length),
    },
  };
}
