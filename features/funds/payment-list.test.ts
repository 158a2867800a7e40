import { describe, expect, it } from "vitest";
import { pageIn } from "@/lib/page-in";
import { paymentQuery } from "./payment-list";
import { publishedName } from "./rules";

describe("the list of payments", () => {
  it("is of the state, the column and the page in the address", () => {
    expect(paymentQuery({ stato: "paid", ordina: "amount", verso: "ascending", pagina: "3" })).toEqual({
      ...{ state: "paid", page: 3, sort: { column: "amount", direction: "ascending" } },
    });
  });

  it("is of all states by date where the address says nothing that it knows", () => {
    const all = { state: undefined, page: 1, sort: { column: "requestedOn", direction: "descending" } };
    expect(paymentQuery({})).toEqual(all);
    expect(paymentQuery({ stato: "constructor", ordina: ["a"], verso: "x", pagina: "-1" })).toEqual(all);
    expect(["0", "1e99", "x", "2.9", undefined, ["2", "3"]].map(pageIn)).toEqual([1, 1, 1, 2, 1, 1]);
  });

  it("names no person", () => {
    expect(publishedName({ name: "Anna", kind: "person" })).toBe("");
    expect(publishedName({ name: "Amici", kind: "association" })).toBe("Amici");
  });
});
