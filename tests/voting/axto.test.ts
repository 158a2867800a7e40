/** The published ranking of AxTO 4.01 (2018), rebuilt from its technical scores and votes. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createInstance } from "@/voting/allocation/instance";
import { allocate, parseRule } from "@/voting/allocation/rule";
import { readRows } from "@/voting/pabulib/csv";
import { hasSharedData, sharedData } from "./shared-data";

const published = hasSharedData() ? readRanking() : [];

test("all ten rows of the published ranking, totals and order", () => {
  // In another order than the published one, so that the ranking is worked out and not kept.
  const projects = [...published].sort((a, b) => (a.project < b.project ? -1 : 1));
  const outcome = allocate(
    createInstance({
      budget: 100_000_000n,
      projects: projects.map(({ project, cents }) => ({ id: project, cost: cents })),
      ballots: projects.flatMap(({ votes }, index) =>
        Array.from({ length: votes }, () => [{ project: index, points: 1 }]),
      ),
    }),
    parseRule({
      rule: "score-plus-votes",
      weight: "50",
      scores: Object.fromEntries(projects.map(({ project, technical }) => [project, technical])),
    }),
  );
  expect(outcome.voters).toBe(published.length === 0 ? 0 : 4059);
  expect(outcome.ranking).toEqual(
    published.map(({ project, technical, votePoints, total }) => ({ project, technical, votePoints, total })),
  );
  expect(outcome.selected).toEqual(published.map(({ project }) => project));
});

function readRanking() {
  const [header, ...rows] = readRows(
    readFileSync(sharedData("axto401_2018_ranking.csv"), "utf8"),
    ",".charCodeAt(0),
  );
  return rows.map(({ fields }) => {
    const field = (name: string) => fields[header?.fields.indexOf(name) ?? -1] ?? "";
    return {
      project: field("project"),
      technical: field("technical_score"),
      votes: Number(field("votes")),
      votePoints: field("vote_points_max50"),
      total: field("total"),
      cents: BigInt(field("requested_eur")) * 100n,
    };
  });
}
