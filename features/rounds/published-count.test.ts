import { expect, test } from "vitest";
import { recount } from "./published-count";

const line = (slug: string, technicalScore: number, votes: number, publishedTotal: number) => ({
  ...{ slug, name: slug, proponents: [], technicalScore, votes, publishedTotal, requestedEuro: 1000 },
});

test("technical points and fifty times the share of the most votes make the total", () => {
  const [first, second] = recount([line("b", 69.9, 628, 99.41), line("a", 76, 1064, 126)]);
  expect(first).toMatchObject({ slug: "a", votePoints: 50, total: 126, agrees: true });
  expect(second).toMatchObject({ slug: "b", votePoints: 29.51, total: 99.41, agrees: true });
});

test("a published total that the rule does not give is said to differ", () => {
  expect(recount([line("a", 76, 1064, 126), line("b", 69.9, 628, 99.4)])[1]?.agrees).toBe(false);
});

test("where the votes alone would have put a project is told beside its place, as many votes the same one", () => {
  const lines = recount([line("a", 90, 100, 140), line("b", 50, 100, 100), line("c", 60, 90, 105)]);
  expect(lines.map(({ slug, placeByVotes }) => [slug, placeByVotes])).toEqual([
    ["a", 1],
    ["c", 3],
    ["b", 1],
  ]);
});
