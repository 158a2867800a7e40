import { relative } from "node:path";
import { describe, expect, test } from "vitest";
import { placeOf } from "./sample";

/** The changes of a file of 1,000 lines, one a line. */
const changes = Array.from({ length: 1000 }, (_, line) => ({
  fileName: `${process.cwd()}/voting/rational.ts`,
  location: { start: { line, column: 1 }, end: { line, column: 5 } },
  replacement: "true",
}));
const drawn = (seed: string, share: number) => changes.filter((change) => placeOf(change, seed) < share);

describe("the sample of changes", () => {
  test("is about its share of all, and all of them where it is asked for all", () => {
    expect(drawn("1", 0.2).length).toBeGreaterThan(150);
    expect(drawn("1", 0.2).length).toBeLessThan(250);
    expect(drawn("1", 1)).toEqual(changes);
  });

  test("is the same for the same seed, part of every larger one, and another for another seed", () => {
    expect(drawn("1", 0.2)).toEqual(drawn("1", 0.2));
    expect(drawn("1", 0.4)).toEqual(expect.arrayContaining(drawn("1", 0.2)));
    expect(drawn("2", 0.2)).not.toEqual(drawn("1", 0.2));
  });

  test("does not depend on the folder in which the repository lies", () => {
    const [change] = drawn("1", 1);
    if (!change) throw new Error("no change");
    const elsewhere = { ...change, fileName: relative(process.cwd(), change.fileName) };
    expect(placeOf(elsewhere, "1")).toBe(placeOf(change, "1"));
  });

  test("tells two changes of one place apart", () => {
    const [change] = drawn("1", 1);
    if (!change) throw new Error("no change");
    expect(placeOf({ ...change, replacement: "false" }, "1")).not.toBe(placeOf(change, "1"));
  });
});
