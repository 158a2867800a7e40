import { describe, expect, it } from "vitest";
import { municipalityIn } from "./request-path";

describe("municipalityIn", () => {
  it.each([
    ["/torino/beni/x", "torino"],
    ["/en/torino/commons?page=2", "torino"],
    ["/en", undefined],
    ["/", undefined],
    ["/?da=/aglie", undefined],
    ["/aglie#torino", "aglie"],
  ])("%s → %s", (path, municipality) => {
    expect(municipalityIn(path)).toBe(municipality);
  });
});
