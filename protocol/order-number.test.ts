import fc from "fast-check";
import { expect, it } from "vitest";
import { orderKeyOf, orderText } from "./order-number";

it.each([
  ["123", 2026, 123, 1],
  ["0123", 2026, 123, 1],
  ["M-1", 2026, 1, 1],
  ["mandato n. 123", 2026, 123, 1],
  ["123 / 2026", 2026, 123, 1],
  ["123-2", 2026, 123, 2],
  ["007/2026", 2026, 7, 1],
  ["123-2/2025", 2025, 123, 2],
  ["2025/123", 2025, 123, 1],
  ["2025/123-4", 2025, 123, 4],
])("reads %s", (text, year, order, payee) => {
  expect(orderKeyOf(text, "2026-11-01")).toEqual({ year, order, payee });
});

it.each(["", "abc", "12345678", "2025/2026", "0", "5-0", "12/13", "1/2/3"])("does not guess %s", (text) => {
  expect(orderKeyOf(text, "2026-11-01")).toBeUndefined();
});

it("reads what it writes", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999_999 }), fc.integer({ min: 1, max: 9999 }), (order, payee) => {
      expect(orderKeyOf(orderText({ order, payee }), "2026-01-01")).toEqual({ year: 2026, order, payee });
    }),
  );
});
