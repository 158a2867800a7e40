import type { Instance, Profile } from "./instance";
import type { Outcome } from "./outcome";
import { allocate } from "./rule";
import { tallyBallots } from "./tally";

/** How far a project was from the other outcome, in votes. */
export type Margin =
  /** With this many more ballots that choose it alone it would have been selected. */
  | { readonly project: string; readonly kind: "more"; readonly votes: number }
  /** With this many votes fewer, and one more still, it would have been selected no more. */
  | { readonly project: string; readonly kind: "fewer"; readonly votes: number }
  /** No number of votes fewer would have changed it. */
  | { readonly project: string; readonly kind: "safe" };

/** Rules whose outcome depends on how many votes a project has, and not on whose they are. */
const byNumberOfVotes: ReadonlySet<string> = new Set(["greedy", "greedy-per-cost", "score-plus-votes"]);

/**
 * The margins of an outcome of approvals, found by counting again with votes more or fewer. Each number is exact: one
 * vote on the other side of it gives the other outcome. Points and rankings have none, nor have the selected projects
 * of rules that ask whose the votes are; a project that no number of votes would bring in has none either.
 */
export function marginsOf(instance: Instance, outcome: Outcome): Margin[] {
  if (instance.profile.points !== null) return [];
  const { votes } = tallyBallots(instance);
  const isSelected = (profile: Profile, id: string) =>
    allocate({ ...instance, profile }, outcome.rule).selected.includes(id);
  return instance.projects.flatMap(({ id, cost }, index): Margin[] => {
    if (!outcome.selected.includes(id)) {
      if (cost > instance.budget) return [];
      const more = least(Math.max(1, instance.profile.voters), (count) =>
        isSelected(withMore(instance.profile, index, count), id),
      );
      return more === undefined ? [] : [{ project: id, kind: "more", votes: more }];
    }
    if (!byNumberOfVotes.has(outcome.rule.rule)) return [];
    const lost = least(
      Number(votes[index] ?? 0n),
      (count) => !isSelected(withFewer(instance.profile, index, count), id),
    );
    if (lost === undefined) return [{ project: id, kind: "safe" }];
    return [{ project: id, kind: "fewer", votes: lost - 1 }];
  });
}

/** A number from 1 to `most` that holds where the one before it does not: the least, where what holds once holds on. */
function least(most: number, holds: (count: number) => boolean): number | undefined {
  let below = 0;
  let above = 1;
  while (!holds(above)) {
    if (above >= most) return undefined;
    below = above;
    above = Math.min(above * 2, most);
  }
  while (above - below > 1) {
    const middle = below + Math.floor((above - below) / 2);
    if (holds(middle)) above = middle;
    else below = middle;
  }
  return above;
}

/** The ballots with some more, each for this project alone. */
function withMore({ voters, offsets, projects }: Profile, project: number, count: number): Profile {
  const entries = projects.length;
  const longer = new Uint32Array(entries + count).fill(project, entries);
  longer.set(projects);
  const ends = new Uint32Array(offsets.length + count);
  ends.set(offsets);
  for (let more = 1; more <= count; more += 1) ends[voters + more] = entries + more;
  return { voters: voters + count, offsets: ends, projects: longer, points: null };
}

/** The ballots without some of this project's votes. */
function withFewer({ voters, offsets, projects }: Profile, project: number, count: number): Profile {
  const kept: number[] = [];
  const ends = [0];
  let left = count;
  for (let ballot = 0; ballot < voters; ballot += 1) {
    for (let entry = offsets[ballot] ?? 0; entry < (offsets[ballot + 1] ?? 0); entry += 1) {
      const chosen = projects[entry] ?? 0;
      if (chosen === project && left > 0) left -= 1;
      else kept.push(chosen);
    }
    ends.push(kept.length);
  }
  return { voters, offsets: Uint32Array.from(ends), projects: Uint32Array.from(kept), points: null };
}
