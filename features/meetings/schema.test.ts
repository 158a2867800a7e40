import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { changeMeetingSchema, conveneSchema } from "./schema";

beforeAll(() => {
  vi.useFakeTimers({ now: new Date("2026-11-30T12:00:00Z"), toFake: ["Date"] });
});
afterAll(() => {
  vi.useRealTimers();
});

const words = {
  ...{ title: "Che cosa si fa nel giardino", place: "Via Rubino 45", language: "it", agenda: "Orari." },
  ...{ startsAt: "2027-06-15T18:00", endsAt: "2027-06-15T20:00" },
};
const called = (fields: object) =>
  conveneSchema.safeParse({
    ...{ aboutType: "house", aboutId: "casa", command: "6a1f3d5e-6c1b-4f0e-9a55-0d8f1b7a2c11" },
    ...{ ...words, ...fields },
  });
const changed = (fields: object) =>
  changeMeetingSchema.safeParse({
    ...{ meeting: "6a1f3d5e-6c1b-4f0e-9a55-0d8f1b7a2c11", revision: 1, reason: "La sala è chiusa." },
    ...{ ...words, ...fields },
  });

describe("when a meeting begins", () => {
  const from = (day: string) => ({ startsAt: `${day}T13:00`, endsAt: `${day}T15:00` });

  it("is two years ahead at the most, when it is called and when it is changed", () => {
    for (const parsed of [called, changed]) {
      expect(parsed(from("2028-11-30")).success).toBe(true);
      expect(parsed(from("2028-12-01")).error?.issues).toMatchObject([
        { path: ["startsAt"], message: "meeting_too_far" },
      ]);
    }
  });
});

describe("where people meet online", () => {
  it.each([
    ["https://meet.example.org/giardino", "https://meet.example.org/giardino"],
    ["HTTPS://Meet.Example.org/Giardino?a=1", "https://meet.example.org/Giardino?a=1"],
    ["https://meet.example.org", "https://meet.example.org/"],
    ["https://meet.example.org/via rubino", "https://meet.example.org/via%20rubino"],
    ["", ""],
  ])("%j is kept as %j", (typed, kept) => {
    expect(called({ link: typed }).data?.link).toBe(kept);
  });

  it.each([
    ...["https:meet.example.org", "https:/meet.example.org", "https:\\\\meet.example.org", "https://"],
    ...["http://meet.example.org", "meet.example.org", "https://user@meet.example.org", "https://meet"],
  ])("%j is refused", (link) => {
    expect(called({ link }).error?.issues).toMatchObject([{ path: ["link"], message: "meeting_link_https" }]);
  });

  it("is kept in a form that is taken again and stays as it is", () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ["https"], withQueryParameters: true }), (typed) => {
        const kept = called({ link: typed }).data?.link;
        fc.pre(kept !== undefined);
        expect(kept).toMatch(/^https:\/\/\S+$/);
        if (kept.length <= 500) expect(called({ link: kept }).data?.link).toBe(kept);
      }),
    );
  });
});
