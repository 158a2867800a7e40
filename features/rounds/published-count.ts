/** A published ranking by technical points and votes, counted again by its own rule. Pure. */
import { roundInstance } from "@/voting/allocation/round";
import { allocate } from "@/voting/allocation/rule";
import { parseRule } from "@/voting/allocation/rule-spec";
import { ballotForm } from "@/voting/ballots/content";

export type PublishedLine = {
  name: string;
  slug: string;
  proponents: string[];
  technicalScore: number;
  votes: number;
  publishedTotal: number;
  requestedEuro: number;
};

export type RecountedLine = PublishedLine & {
  votePoints: number;
  total: number;
  /** Whether the published total is the one that the rule gives. */
  agrees: boolean;
  /** Where the votes alone would have put it, from 1; the same for as many votes. */
  placeByVotes: number;
};

/** Points of the project with most votes, by the notice of 2018. */
export const VOTE_WEIGHT = "50";

/** Best total first. */
export function recount(lines: readonly PublishedLine[]): RecountedLine[] {
  const rule = parseRule({
    ...{ rule: "score-plus-votes", weight: VOTE_WEIGHT },
    scores: Object.fromEntries(lines.map(({ slug, technicalScore }) => [slug, String(technicalScore)])),
  });
  const projects = lines.map(({ slug, requestedEuro }) => ({ id: slug, cost: BigInt(requestedEuro) * 100n }));
  const { instance } = roundInstance({
    budget: projects.reduce((sum, { cost }) => sum + cost, 0n),
    ...{ projects, form: ballotForm("choice") },
    ballots: lines.flatMap(({ slug, votes }) =>
      Array.from({ length: votes }, () => ({ type: "choice" as const, choices: [slug] })),
    ),
  });
  return (allocate(instance, rule).ranking ?? []).flatMap(({ project, votePoints, total }) => {
    const line = lines.find(({ slug }) => slug === project);
    if (!line) return [];
    return {
      ...{ ...line, votePoints: Number(votePoints), total: Number(total) },
      agrees: Math.round(line.publishedTotal * 100) === Math.round(Number(total) * 100),
      placeByVotes: lines.filter(({ votes }) => votes > line.votes).length + 1,
    };
  });
}
