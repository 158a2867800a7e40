import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { RangeReads } from "./range-reads";

// Summaries made by Fabric 2.5's rwsetutil.RangeQueryResultsHelper over key0, key1 …, key i at version (i, i mod 7):
// results, degree, level, number of hashes, and the SHA-256 of the hashes in hexadecimal written one after the other.
test.each([
  [3, 2, 1, 1, "2349b975924fbfebee7c8401999c6a2aad3b22f14e4b40630e0b0a7ef6b3a165"],
  [4, 2, 1, 2, "c1b4a57217ef24eb3ffc83d16ba0f65d5958b10bb649a15794f50f4e051318c1"],
  [4, 3, 1, 1, "575ae7bc523daa7780a8f5e5c07b771220a142c2e8e3d3002cd461394a6b8d87"],
  [10, 2, 2, 2, "1745a5a2ac9fd918fa82f6474287d4a2287b77d6c841f87fd6458e3d5b0806ec"],
  [10, 3, 1, 3, "898f42a92c8eceed0b26fc61b3289071c8d782fe9c6eeb405cc688e6925a1c33"],
  [40, 2, 3, 2, "1a4ee32cc4caec19a9d5fa4807d6601d135b293bd356d77908305044b01b4dfd"],
  [40, 3, 2, 3, "44bc9a9613d29a63dded548ba39ec6105ec2f23ba699860de550d480f8d973a1"],
  [41, 2, 3, 2, "108c08b6ed1bbe700dff3839f1638f649d96c01f96a81351df0c9744f4d8652e"],
  [41, 3, 2, 3, "504f39d99f8c339c24940e90c75907275677c9b2f667050397d1fa28639e0634"],
  [200, 2, 5, 1, "37c13d7c88d8c5a18b7cb78477f22f48729a79dc18bb8b4c78e09eddba2ba0ce"],
  [200, 3, 4, 1, "23d88277bcef49e34c372425f8a78ef19362f880d1d0ae9adbce4748ef381c84"],
  [200, 50, 1, 4, "88f9094daee7e0a40babfaf6a7589df20f69fc29030d708496e934c0e065a7db"],
])("%i results at degree %i are summarised as Fabric does", (count, degree, level, hashes, digest) => {
  const { reads, merkle } = gather(count, degree);
  expect(reads).toEqual([]);
  expect(merkle).toMatchObject({ maxDegree: degree, maxLevel: level });
  expect(merkle?.maxLevelHashes.length).toBe(hashes);
  const text = merkle?.maxLevelHashes.map((hash) => Buffer.from(hash).toString("hex")).join("") ?? "";
  expect(createHash("sha256").update(text).digest("hex")).toBe(digest);
});

test.each([
  [3, 3],
  [50, 50],
  [0, 2],
])("%i results at degree %i stay as they are", (count, degree) => {
  const { reads, merkle } = gather(count, degree);
  expect(merkle).toBeUndefined();
  expect(reads.length).toBe(count);
});

function gather(count: number, degree: number) {
  const gathered = new RangeReads(degree);
  for (let i = 0; i < count; i += 1) {
    gathered.add({ namespace: "", key: `key${i}`, version: { block: i, transaction: i % 7 } });
  }
  return gathered.finish();
}
