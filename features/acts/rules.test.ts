import { expect, it } from "vitest";
import { keysFor } from "./rules";

const [ofOffice, ofResident] = [{ resident: false }, { resident: true }];

it("a resident's key is offered for what binds them, and for nothing among which is an act of an office", () => {
  const keys = [ofOffice, ofResident];
  expect(keysFor([{ role: "resident" }], keys)).toEqual(keys);
  expect(keysFor([{ role: "treasurer" }], keys)).toEqual([ofOffice]);
  expect(keysFor([{ role: "resident" }, { role: "treasurer" }], keys)).toEqual([ofOffice]);
});
