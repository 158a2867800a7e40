import { expect, it } from "vitest";
import { isRenewal, renewalDays } from "./renewal-days";

it("of a pact in force begin on the day after its last one and last as long", () => {
  expect(renewalDays({ startsOn: "2026-01-01", endsOn: "2026-12-31" }, "2026-06-01")).toEqual({
    ...{ startsOn: "2027-01-01", endsOn: "2027-12-31" },
  });
});

it("of a pact that is over begin today", () => {
  expect(renewalDays({ startsOn: "2026-01-01", endsOn: "2026-01-31" }, "2026-06-01")).toEqual({
    ...{ startsOn: "2026-06-01", endsOn: "2026-07-01" },
  });
});

it("is of a text that names the pact whose place it takes, not of a new pact after an expired one", () => {
  expect(isRenewal({ renews: "expired" }, { id: "expired" })).toBe(true);
  expect(isRenewal({ renews: null }, { id: "expired" })).toBe(false);
  expect(isRenewal({ renews: "terminated" }, undefined)).toBe(false);
  expect(isRenewal(null, { id: "expired" })).toBe(false);
});
