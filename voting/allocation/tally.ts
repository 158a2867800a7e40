import type { Instance } from "./instance";
import { tieRanks } from "./tie";

/**
 * What every rule starts from. Equal ballots are merged into one *bloc* with a weight (90,494 ballots of
 * Łódź 2022 are 23,571 blocs), and each project knows the blocs that support it.
 */
export interface Tally {
  readonly instance: Instance;
  readonly blocs: number;
  /** Number of voters of each bloc. */
  readonly weight: Uint32Array;
  /** Bloc of each ballot, in the order of the profile. */
  readonly blocOf: Uint32Array;
  /** One ballot of each bloc. */
  readonly firstBallot: readonly number[];
  /** Supporters of project p are the entries from `offsets[p]` up to `offsets[p + 1]`. */
  readonly offsets: Uint32Array;
  /** Bloc of each entry. */
  readonly supporters: Uint32Array;
  /** Point units (above 0) that each entry's voters give; null when all give one approval. */
  readonly points: Float64Array | null;
  /** The different numbers of points given, and which of them each entry has. */
  readonly levels: { readonly level: Uint32Array | null; readonly levels: readonly bigint[] };
  /** Voters who give a project points above 0. */
  readonly supporterCount: readonly number[];
  /** Point units above 0 that each project gets from all its supporters. */
  readonly power: readonly bigint[];
  /** Approvals of each project, or the sum of its point units. */
  readonly votes: readonly bigint[];
  /** Tie order: lower first. */
  readonly rank: Uint32Array;
}

/** Counts the ballots of an instance once; all rules of the same count share the result. */
export function tallyBallots(instance: Instance): Tally {
  const { profile, projects } = instance;
  const { blocOf, weight, first } = mergeBallots(instance);
  const size = new Uint32Array(projects.length + 1);
  const supporterCount = projects.map(() => 0);
  const votes = projects.map(() => 0n);
  const power = projects.map(() => 0n);
  first.forEach((ballot, bloc) => {
    const voters = weight[bloc] ?? 0;
    for (let e = profile.offsets[ballot] ?? 0; e < (profile.offsets[ballot + 1] ?? 0); e++) {
      const project = profile.projects[e] ?? 0;
      const points = profile.points === null ? 1 : (profile.points[e] ?? 0);
      votes[project] = (votes[project] ?? 0n) + BigInt(voters) * BigInt(points);
      if (points <= 0) continue;
      power[project] = (power[project] ?? 0n) + BigInt(voters) * BigInt(points);
      supporterCount[project] = (supporterCount[project] ?? 0) + voters;
      size[project + 1] = (size[project + 1] ?? 0) + 1;
    }
  });
  const offsets = size;
  for (let p = 1; p < offsets.length; p++) offsets[p] = (offsets[p] ?? 0) + (offsets[p - 1] ?? 0);
  const total = offsets[projects.length] ?? 0;
  const supporters = new Uint32Array(total);
  const given = profile.points === null ? null : new Float64Array(total);
  const next = offsets.slice();
  first.forEach((ballot, bloc) => {
    for (let e = profile.offsets[ballot] ?? 0; e < (profile.offsets[ballot + 1] ?? 0); e++) {
      const points = profile.points === null ? 1 : (profile.points[e] ?? 0);
      if (points <= 0) continue;
      const project = profile.projects[e] ?? 0;
      const place = next[project] ?? 0;
      next[project] = place + 1;
      supporters[place] = bloc;
      if (given !== null) given[place] = points;
    }
  });
  return {
    instance,
    blocs: weight.length,
    weight,
    blocOf,
    firstBallot: first,
    offsets,
    supporters,
    points: given,
    levels: pointLevels(given),
    power,
    supporterCount,
    votes,
    rank: tieRanks(instance, votes),
  };
}

function pointLevels(points: Float64Array | null): Tally["levels"] {
  if (points === null) return { level: null, levels: [1n] };
  const places = new Map<number, number>();
  const level = new Uint32Array(points.length);
  points.forEach((value, entry) => {
    const place = places.get(value) ?? places.size;
    places.set(value, place);
    level[entry] = place;
  });
  return { level, levels: [...places.keys()].map(BigInt) };
}

interface Merged {
  readonly blocOf: Uint32Array;
  readonly weight: Uint32Array;
  /** First ballot of each bloc. */
  readonly first: number[];
}

/** Ballots with the same choices (in any order) and points become one bloc, by open addressing on a hash. */
function mergeBallots(instance: Instance): Merged {
  const { voters } = instance.profile;
  const entries = sortedEntries(instance);
  let capacity = 16;
  while (capacity < voters * 2) capacity *= 2;
  const slots = new Int32Array(capacity).fill(-1);
  const blocOf = new Uint32Array(voters);
  const weight: number[] = [];
  const first: number[] = [];
  for (let ballot = 0; ballot < voters; ballot++) {
    let slot = entries.hash(ballot) & (capacity - 1);
    for (;;) {
      const bloc = slots[slot] ?? -1;
      if (bloc === -1) {
        slots[slot] = first.length;
        blocOf[ballot] = first.length;
        first.push(ballot);
        weight.push(1);
        break;
      }
      if (entries.equal(first[bloc] ?? 0, ballot)) {
        weight[bloc] = (weight[bloc] ?? 0) + 1;
        blocOf[ballot] = bloc;
        break;
      }
      slot = (slot + 1) & (capacity - 1);
    }
  }
  return { blocOf, weight: Uint32Array.from(weight), first };
}

/** A copy of the ballots with each one's entries in order of project, with a hash and an equality. */
function sortedEntries(instance: Instance) {
  const { offsets, projects, points } = instance.profile;
  const sorted = projects.slice();
  const given = points === null ? null : points.slice();
  for (let ballot = 0; ballot + 1 < offsets.length; ballot++) {
    const start = offsets[ballot] ?? 0;
    for (let i = start + 1; i < (offsets[ballot + 1] ?? 0); i++) {
      const project = sorted[i] ?? 0;
      const value = given === null ? 1 : (given[i] ?? 0);
      let j = i - 1;
      for (; j >= start && (sorted[j] ?? 0) > project; j--) {
        sorted[j + 1] = sorted[j] ?? 0;
        if (given !== null) given[j + 1] = given[j] ?? 0;
      }
      sorted[j + 1] = project;
      if (given !== null) given[j + 1] = value;
    }
  }
  return {
    hash(ballot: number): number {
      let hash = 0x811c9dc5;
      for (let i = offsets[ballot] ?? 0; i < (offsets[ballot + 1] ?? 0); i++) {
        hash = Math.imul(hash ^ (sorted[i] ?? 0), 0x01000193);
        if (given !== null) hash = Math.imul(hash ^ ((given[i] ?? 0) | 0), 0x01000193);
        hash ^= hash >>> 15;
      }
      return hash >>> 0;
    },
    equal(a: number, b: number): boolean {
      const start = offsets[a] ?? 0;
      const length = (offsets[a + 1] ?? 0) - start;
      const other = offsets[b] ?? 0;
      if ((offsets[b + 1] ?? 0) - other !== length) return false;
      for (let i = 0; i < length; i++) {
        if (sorted[start + i] !== sorted[other + i]) return false;
        if (given !== null && given[start + i] !== given[other + i]) return false;
      }
      return true;
    },
  };
}
