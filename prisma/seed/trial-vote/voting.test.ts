import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { seedOfWords } from "@/voting/sealed/words";
import { trialVoters } from "../trial-voters";

const folder = await mkdtemp(join(tmpdir(), "cocity-example-words-"));
process.env.COCITY_DATA = folder;
const { Memory } = await import("../story");
const { exampleWords, stepOf } = await import("./voting");
afterAll(() => rm(folder, { recursive: true }));

it("words are told of the first voter of an opened area whose ballot was cast, and of nobody else", async () => {
  const memory = new Memory();
  await memory.load();
  const voted = (index: number) => memory.once(stepOf({ index, isChange: false }), async () => "digest");
  const ofArea = (area: string) =>
    trialVoters.flatMap((voter, index) => (voter.area === area ? [index] : []));
  const [first, , third] = ofArea("paese") as [number, number, number];
  await voted(ofArea("cascine")[0] as number);
  expect(await exampleWords(memory)).toBeUndefined();
  await voted(third);
  const ofThird = await exampleWords(memory);
  expect(seedOfWords(ofThird ?? "")).toHaveProperty("seed");
  await voted(first);
  expect(await exampleWords(memory)).not.toBe(ofThird);
});
