import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { City } from "../chaincode/testing/city";
import { digest } from "../chaincode/testing/keys";
import { people } from "../chaincode/testing/people";
import { reveal, round, withAdmitted } from "../chaincode/testing/story";
import { frozenText } from "./digests";
import { drawnOrder, drawText } from "./draw";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const ids = ["garden", "library", "pond", "school", "square"];
const projects = ids.map((proposal, index) => ({ number: index + 1, proposal }));

test("the drawn order has every project once and does not depend on the order in which they are numbered", () => {
  fc.assert(
    fc.property(fc.string(), fc.shuffledSubarray(projects, { minLength: 5 }), (seed, shuffled) => {
      const order = drawnOrder(seed, projects, sha256);
      expect([...order].sort()).toEqual([1, 2, 3, 4, 5]);
      expect(drawnOrder(seed, shuffled, sha256)).toEqual(order);
    }),
  );
});

test("each order comes up", () => {
  const two = projects.slice(0, 2);
  const orders = new Set(
    Array.from({ length: 64 }, (_, seed) => drawnOrder(String(seed), two, sha256).join()),
  );
  expect([...orders].sort()).toEqual(["1,2", "2,1"]);
});

test("the seed follows from both numbers and everything frozen, none of which its author could fit to the others", async () => {
  const seeds = new Set<string>();
  for (const contribution of [digest("one number"), digest("another number")]) {
    const city = await City.after((story) => withAdmitted(story, ids));
    await city.submit(people.officer, "rounds:freeze", round(ids));
    const frozen = city.record("round", "round-2026");
    expect(frozen).toMatchObject({ ties: "cost, votes, draw", draw: { commitment: digest(reveal) } });
    expect(frozenText(frozen)).toContain(digest(reveal));
    await city.submit(people.service, "rounds:draw", { id: "round-2026", contribution });
    await city.submit(people.officer, "rounds:open", { id: "round-2026", reveal });
    const { draw, frozenDigest } = city.record("round", "round-2026");
    expect(draw).toEqual({
      ...{ commitment: digest(reveal), contribution, organisation: "Garanti" },
      seed: digest(drawText(frozenDigest, reveal, contribution)),
    });
    seeds.add(draw?.seed ?? "");
  }
  expect(seeds.size).toBe(2);
});
