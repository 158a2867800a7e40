import { describe, expect, it } from "vitest";
import { canonicalLocation, isReadable, mayServeTrialSignIn } from "./origin";

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

describe("an address", () => {
  it.each(["/", "/torino/beni/caff%C3%A8", "/torino?cerca=100%", "/a%2Fb"])("%s can be read", (url) => {
    expect(isReadable(url)).toBe(true);
  });

  it.each(["/%00", "/torino?cerca=a%00b", "/%E0%A4%A", "/100%"])("%s cannot", (url) => {
    expect(isReadable(url)).toBe(false);
  });
});

describe("the trial sign-in", () => {
  it.each([
    ["127.0.0.1", "http://127.0.0.1:3000", true],
    ["localhost", "http://localhost:3000", true],
    ["::1", "http://[::1]:3000", true],
    ["0.0.0.0", "http://127.0.0.1:3000", false],
    ["::", "http://localhost:3000", false],
    ["192.0.2.7", "http://192.0.2.7:3000", false],
    // A proxy on this machine leads others to it.
    ["127.0.0.1", "https://cocity.example", false],
  ])("on %s as %s serves: %s", (HOST, ORIGIN, expected) => {
    expect(mayServeTrialSignIn({ HOST, ORIGIN, TRIAL_SIGN_IN_FOR_EVERYBODY: false })).toBe(expected);
    expect(mayServeTrialSignIn({ HOST, ORIGIN, TRIAL_SIGN_IN_FOR_EVERYBODY: true })).toBe(true);
  });
});
