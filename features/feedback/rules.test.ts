import { describe, expect, it } from "vitest";
import { pageOf, summaryOf } from "./rules";

describe("the page an answer is about", () => {
  it.each([
    ["/torino", "/[municipality]", null],
    ["/en/torino/commons", "/[municipality]/commons", null],
    ["/torino/beni/orto-di-via-aosta", "/[municipality]/commons/[commons]", "orto-di-via-aosta"],
    ["/torino/votazioni/giardini/esito", "/[municipality]/rounds/[round]/result", "giardini"],
    ["/torino/ufficio/bandi/nuovo", "/[municipality]/office/calls/new", null],
  ])("%s is %s", (path, page, record) => {
    expect(pageOf(path, "torino")).toEqual({ page, record });
  });

  it("keeps no address that only one person has", () => {
    expect(pageOf("/torino/proponi/4f3c/3", "torino")).toEqual({
      page: "/[municipality]/propose/[draft]/[step]",
      record: null,
    });
  });

  it("is none of another municipality, of no page, or with signs that no address has", () => {
    expect(pageOf("/aglie/beni", "torino")).toBeUndefined();
    expect(pageOf("/torino/niente", "torino")).toBeUndefined();
    expect(pageOf("/torino/beni", "aglie")).toBeUndefined();
    expect(pageOf("/torino/beni/%3Cscript%3E", "torino")).toMatchObject({ record: null });
  });
});

it("answers are summed up, those of the content apart from the others", () => {
  const given = [
    { stars: 5, answer: "clear" },
    { stars: 5, answer: "other" },
    { stars: 4, answer: "clear" },
    { stars: 2, answer: "other" },
    { stars: 1, answer: null },
  ];
  expect(summaryOf(given)).toEqual({
    ...{ count: 5, average: 340, byStars: [1, 1, 0, 1, 2] },
    answers: [
      { answer: "positive.clear", count: 2 },
      { answer: "negative.other", count: 1 },
      { answer: "positive.other", count: 1 },
    ],
  });
  expect(summaryOf([]).average).toBeUndefined();
});
