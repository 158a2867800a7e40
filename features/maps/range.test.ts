import { expect, it } from "vitest";
import { rangeOf } from "./range";

it.each([
  [null, undefined],
  ["", undefined],
  ["bytes=0-", { start: 0, end: 999 }],
  ["bytes=0-126", { start: 0, end: 126 }],
  ["bytes=990-2000", { start: 990, end: 999 }],
  ["bytes=-10", { start: 990, end: 999 }],
  ["bytes=-5000", { start: 0, end: 999 }],
  ["bytes=1000-", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  ["bytes=5-2", undefined],
  ["bytes=0-1,4-5", undefined],
  ["bytes=-", undefined],
  ["lines=0-1", undefined],
])("%s of a thousand bytes", (header, expected) => {
  expect(rangeOf(header, 1000)).toEqual(expected);
});
