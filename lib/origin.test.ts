import { describe, expect, it } from "vitest";
import { canonicalLocation } from "./origin";

describe("canonicalLocation", () => {
  it.each([
    ["127.0.0.1:3000", "http://localhost:3000", "http://localhost:3000"],
    ["[::1]:3000", "http://localhost:3000", "http://localhost:3000"],
    ["localhost:3000", "http://127.0.0.1:3000", "http://127.0.0.1:3000"],
  ])("leads %s to %s", (host, origin, expected) => {
    expect(canonicalLocation(host, origin)).toBe(expected);
  });
  it.each([
    ["localhost:3000", "http://localhost:3000"],
    ["localhost:4000", "http://127.0.0.1:3000"],
    ["cocity.example", "http://localhost:3000"],
    ["127.0.0.1:3000", "https://cocity.example"],
    ["not a host", "http://localhost:3000"],
    [undefined, "http://localhost:3000"],
  ])("leaves %s as it is for %s", (host, origin) => {
    expect(canonicalLocation(host, origin)).toBeUndefined();
  });
});
