import type { Profile } from "../allocation/instance";
import { type Decimal, rescale } from "../rational";
import type { BallotForm } from "./content";
import type { ValidBallot } from "./validate";

/** The ballots of a round in flat arrays, with the unit their points are in. */
export interface PackedBallots {
  readonly profile: Profile;
  /** A point unit is 10^-pointDecimals of a point. */
  readonly pointDecimals: number;
}

/**
 * Gathers valid ballots one by one. Each choice gets points: 1 for an approval, what was given on points
 * ballots, and on rankings as many as the longest ballot allowed (or cast) for the first, one less
 * for each next. `unmentioned` are the points of a project that a points ballot leaves out.
 */
export function packBallots(form: BallotForm, projectCount: number, unmentioned: Decimal | null = null) {
  const offsets: number[] = [0];
  const projects: number[] = [];
  const written: Decimal[] = [];
  const byPoints = form.type === "points";
  let pointDecimals = 0;
  let longest = 0;

  const give = (project: number, points: Decimal): void => {
    projects.push(project);
    written.push(points);
    pointDecimals = Math.max(pointDecimals, points.decimals);
  };

  return {
    add(ballot: ValidBallot): void {
      longest = Math.max(longest, ballot.projects.length);
      ballot.projects.forEach((project, place) => {
        if (byPoints) give(project, ballot.points?.[place] ?? { units: 0n, decimals: 0 });
        else projects.push(project);
      });
      if (byPoints && unmentioned !== null && unmentioned.units !== 0n) {
        for (let project = 0; project < projectCount; project++) {
          if (!ballot.projects.includes(project)) give(project, unmentioned);
        }
      }
      offsets.push(projects.length);
    },

    finish(): PackedBallots {
      const profile = {
        voters: offsets.length - 1,
        offsets: Uint32Array.from(offsets),
        projects: Uint32Array.from(projects),
      };
      if (byPoints) {
        const points = Float64Array.from(written, (value) => Number(rescale(value, pointDecimals)));
        return { profile: { ...profile, points }, pointDecimals };
      }
      if (form.type !== "ranking") return { profile: { ...profile, points: null }, pointDecimals };
      const first = form.maxChoices ?? longest;
      const points = new Float64Array(projects.length);
      for (let ballot = 0; ballot < profile.voters; ballot++) {
        const start = offsets[ballot] ?? 0;
        for (let e = start; e < (offsets[ballot + 1] ?? 0); e++) points[e] = first - (e - start);
      }
      return { profile: { ...profile, points }, pointDecimals };
    },
  };
}
