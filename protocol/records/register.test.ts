import { expect, it } from "vitest";
import { officeTerms } from "./register";

it.each(["2", "23", "barriera-di-milano"])("an office can be for a district called %s", (district) => {
  expect(officeTerms.district.parse(district)).toBe(district);
});

it.each(["", "-2", "2/../1", "Due", "x".repeat(65)])("%j is no district", (district) => {
  expect(officeTerms.district.safeParse(district).success).toBe(false);
});
