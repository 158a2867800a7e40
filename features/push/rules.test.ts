import { describe, expect, it } from "vitest";
import { isPushEndpoint, notBeforeOf, outcomeOf } from "./rules";

const now = new Date("2026-11-30T12:00:00Z");

describe("an address of a browser", () => {
  it.each([
    ["https://fcm.googleapis.com/fcm/send/abc", true],
    ["https://updates.push.services.mozilla.com:443/wpush/v2/abc", true],
    ["http://push.example/abc", false],
    ["https://push.example:8443/abc", false],
    ["https://user:word@push.example/abc", false],
    ["https://push.example/abc#part", false],
    ["ftp://push.example/abc", false],
    [`https://push.example/${"x".repeat(1_000)}`, false],
    ["no address", false],
    ["http://127.0.0.1:9999/abc", false],
    ["http://127.0.0.1:4000/abc", true],
  ])("%s: %s", (address, isGood) => {
    expect(isPushEndpoint(address, ["http://127.0.0.1:4000"])).toBe(isGood);
  });
});

it("waits as long as a service says, but no longer than a day", () => {
  expect(notBeforeOf("120", now)).toEqual(new Date("2026-11-30T12:02:00Z"));
  expect(notBeforeOf("Mon, 30 Nov 2026 13:00:00 GMT", now)).toEqual(new Date("2026-11-30T13:00:00Z"));
  expect(notBeforeOf("999999999", now)).toEqual(new Date("2026-12-01T12:00:00Z"));
  for (const nothing of [undefined, "soon", "0", "-1", "Mon, 30 Nov 2026 11:00:00 GMT"])
    expect(notBeforeOf(nothing, now)).toBeUndefined();
});

it.each([
  [201, "sent"],
  [202, "sent"],
  [301, "dropped"],
  [400, "dropped"],
  [403, "dropped"],
  [404, "gone"],
  [410, "gone"],
  [413, "dropped"],
  [429, "again"],
  [500, "again"],
  [503, "again"],
])("an answer %i means %s", (status, outcome) => expect(outcomeOf(status)).toBe(outcome));
