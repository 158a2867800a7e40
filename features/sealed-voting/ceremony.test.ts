import { expect, test } from "vitest";
import { fingerprintOf, missingOf, waitsForPeople } from "./ceremony";

const key = "1".repeat(64);
const empty = {
  areas: [1, 2].map((number) => ({ number, size: 10, districts: [] })),
  ...{ ties: [], services: {}, trustees: [] },
};
const named = (missing: ReturnType<typeof missingOf>) =>
  missing.map(({ what, organisation }) => `${organisation} ${what}`);

test("at the beginning everything is missing, and no number is revealed before all are promised", () => {
  expect(named(missingOf(empty, []))).toEqual([
    ...["Comune keys", "Comune posting", "Comune commitment", "Comune service", "Comune trustee"],
    ...["Case keys", "Case commitment", "Case service", "Case trustee"],
    ...["Garanti keys", "Garanti commitment", "Garanti service", "Garanti trustee"],
  ]);
});

test("what is there is not asked for, and the rest says how much of it is", () => {
  const ties = ([1, 2, 3] as const).map((issuer) => ({
    issuer,
    commitment: key,
    ...(issuer > 1 && { reveal: key }),
  }));
  const services = { relay: key, copyKeeper: key, opener: key };
  const keys = [
    ...[1, 2, 3].map((issuer) => ({ issuer, area: 1 })),
    ...[1, 3].map((issuer) => ({ issuer, area: 2 })),
    { issuer: 1, area: 0 },
  ];
  const trustees = (["Comune", "Garanti"] as const).map((organisation) => ({
    organisation,
    person: "p",
    key,
  }));
  const missing = missingOf({ ...empty, ties, services, trustees }, keys);
  expect(missing).toEqual([
    { what: "reveal", organisation: "Comune", there: 0, needed: 1 },
    { what: "keys", organisation: "Case", there: 1, needed: 2 },
    { what: "trustee", organisation: "Case", there: 0, needed: 1 },
  ]);
  expect(waitsForPeople(missing)).toBe(false);
  expect(waitsForPeople(missing.slice(2))).toBe(true);
  expect(waitsForPeople([])).toBe(false);
});

test("a fingerprint is read out in groups", () => {
  expect(fingerprintOf("0123456789abcdef".repeat(4))).toBe("0123 4567 89ab cdef 0123 4567 89ab cdef");
});
