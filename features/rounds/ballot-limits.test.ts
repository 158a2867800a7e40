import { expect, it } from "vitest";
import { groupsOf } from "./ballot-limits";

const projects = [
  { number: 3, district: 1, kind: "square" },
  { number: 1, district: 1, kind: "building" },
  { number: 2, district: 2, kind: "square" },
  { number: 4, district: null, kind: "square" },
];

it("a limit by district groups its projects; what has no district is free", () => {
  expect(groupsOf({ mostOfDistrict: 1, mostOfKind: null }, projects)).toEqual([{ numbers: [1, 3], most: 1 }]);
});

it("a limit by kind groups the projects of a kind of commons", () => {
  expect(groupsOf({ mostOfDistrict: null, mostOfKind: 2 }, projects)).toEqual([
    { numbers: [2, 3, 4], most: 2 },
  ]);
});

it("without a limit there are no groups", () => {
  expect(groupsOf({ mostOfDistrict: null, mostOfKind: null }, projects)).toEqual([]);
});
