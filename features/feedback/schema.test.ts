import { describe, expect, it } from "vitest";
import { periodIn } from "./schema";

describe("the period that an address names", () => {
  it("may have one end, none, or be typed as people do", () => {
    expect(periodIn({})).toEqual({});
    expect(periodIn({ da: "", a: undefined })).toEqual({});
    expect(periodIn({ da: "2026-01-01" })).toEqual({ from: "2026-01-01" });
    expect(periodIn({ da: "1/2/2026", a: "2026-02-01" })).toEqual({ from: "2026-02-01", to: "2026-02-01" });
  });

  it.each([
    ["0000-01-01", "date_before"],
    ["1999-12-31", "date_before"],
    ["2026-02-30", "date_invalid"],
    ["ieri", "date_invalid"],
    [["2026-01-01", "2026-01-02"], "date_invalid"],
  ])("is refused for %s", (typed, code) => {
    for (const query of [{ da: typed }, { a: typed }])
      expect(() => periodIn(query)).toThrow(expect.objectContaining({ code, status: 422 }));
  });

  it("does not end before it begins", () => {
    const query = { da: "2026-02-02", a: "2026-02-01" };
    expect(() => periodIn(query)).toThrow(expect.objectContaining({ code: "dates_out_of_order" }));
  });
});
