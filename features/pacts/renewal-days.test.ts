import { expect, it } from "vitest";
import { renewalDays } from "./renewal-days";

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
