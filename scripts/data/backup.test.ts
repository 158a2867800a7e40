import { join } from "node:path";
import { expect, test } from "vitest";
import { openerFirst } from "./backup";

test("the opener's store is copied before those that have what it has", () => {
  const store = (part: string) => join(part, "store.sqlite");
  const files = [
    store("copy-keeper"),
    store("issuer-case"),
    store("opener"),
    join("rolls", "a.csv"),
    store("relay"),
  ];
  const copied = openerFirst(files);
  expect(copied[0]).toBe(store("opener"));
  expect(copied.toSorted()).toEqual(files.toSorted());
});
