import type { Tally } from "./tally";

/** Supporters of one project who have the same left and give it the same points. */
export interface Share {
  group: number;
  /** Which of the different numbers of points. */
  level: number;
  voters: number;
  /** The group they are in once they have paid. */
  next: number;
}

/**
 * Sorts the supporters of a project into shares. Blocs start in group 1; those in group 0 have nothing left
 * and are in no share. `level` gives each entry's points, null when they do not matter.
 */
export function createShares(tally: Tally, level: Uint32Array | null, levels: number, firstGroup: 0 | 1) {
  const { supporters, offsets, weight } = tally;
  const groupOf = new Uint32Array(tally.blocs).fill(firstGroup);
  const shares: Share[] = [];
  let gathered = -1;
  // The place of a share, plus 1: by group, or by group and level where points matter.
  let byGroup = new Uint32Array(64);
  const byBoth = new Map<number, number>();

  const placeOf = (group: number, entry: number): number =>
    level === null ? (byGroup[group] ?? 0) : (byBoth.get(group * levels + (level[entry] ?? 0)) ?? 0);

  const open = (group: number, entry: number, voters: number): void => {
    const ofLevel = level?.[entry] ?? 0;
    shares.push({ group, level: ofLevel, voters, next: 0 });
    if (level === null) byGroup[group] = shares.length;
    else byBoth.set(group * levels + ofLevel, shares.length);
  };

  return {
    /** The shares of a project; the same ones again until somebody pays. */
    of(project: number): readonly Share[] {
      if (gathered === project) return shares;
      for (const { group } of shares) byGroup[group] = 0;
      byBoth.clear();
      shares.length = 0;
      gathered = project;
      const end = offsets[project + 1] ?? 0;
      for (let e = offsets[project] ?? 0; e < end; e++) {
        const bloc = supporters[e] ?? 0;
        const group = groupOf[bloc] ?? 0;
        if (group === 0) continue;
        const share = shares[placeOf(group, e) - 1];
        if (share === undefined) open(group, e, weight[bloc] ?? 0);
        else share.voters += weight[bloc] ?? 0;
      }
      return shares;
    },

    /** Moves the supporters of the project last asked for to the groups their shares name; `groups` exist now. */
    move(groups: number): void {
      const end = offsets[gathered + 1] ?? 0;
      for (let e = offsets[gathered] ?? 0; e < end; e++) {
        const bloc = supporters[e] ?? 0;
        const group = groupOf[bloc] ?? 0;
        if (group !== 0) groupOf[bloc] = shares[placeOf(group, e) - 1]?.next ?? 0;
      }
      for (const { group } of shares) byGroup[group] = 0;
      shares.length = 0;
      gathered = -1;
      if (groups > byGroup.length) byGroup = new Uint32Array(groups * 2);
    },
  };
}
