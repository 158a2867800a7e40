import { naturalCompare } from "../natural-order";
import type { Instance } from "./instance";

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
