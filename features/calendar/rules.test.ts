import { expect, it } from "vitest";
import { nearest } from "./rules";

const now = new Date("2026-06-15T12:00:00Z");
const date = (when: string | Date) => ({ uid: String(when), when });

it("tells those nearest to today in the order in which they come, whatever order they were found in", () => {
  const far = date("2035-01-01");
  const soon = date(new Date("2026-06-16T08:00:00Z"));
  const past = date("2026-06-10");
  const later = date("2026-09-01");
  expect(nearest([far, later, soon, past], now, 3)).toEqual([past, soon, later]);
  expect(nearest([later, far, past, soon], now, 4)).toEqual([past, soon, later, far]);
});

it("leaves none of the same day out by chance", () => {
  const days = ["b", "a", "c"].map((uid) => ({ uid, when: "2026-06-20" }));
  expect(nearest(days, now, 2).map(({ uid }) => uid)).toEqual(["a", "b"]);
  expect(nearest(days.toReversed(), now, 2).map(({ uid }) => uid)).toEqual(["a", "b"]);
});
