import { expect, test, vi } from "vitest";
import { City } from "../../testing/city";
import { digest } from "../../testing/keys";
import { withOrdered } from "../../testing/pact-story";
import { people } from "../../testing/people";

vi.setConfig({ testTimeout: 60_000 });

test("the whole way of one commons, from a call to a paid milestone", async () => {
  const city = await City.founded();
  await withOrdered(city);
  const { event } = await city.submit(people.treasurer, "payments:recordPaid", {
    id: "payment-1",
    reference: "CRO 4567",
    on: "2026-02-16",
    documentHash: digest("receipt"),
  });
  expect(event.commons).toEqual(["commons-garden"]);
  expect(event.entries.map(({ type }) => type).sort()).toEqual(["budget_line", "commitment", "payment"]);
  expect(city.record("payment", "payment-1")).toMatchObject({ state: "paid", amountCents: 600_000 });
  expect(city.record("commitment", "commitment-1")).toMatchObject({
    amountCents: 1_000_000,
    acceptedCents: 600_000,
    paidCents: 600_000,
  });
  expect(city.record("budget_line", "line-2026")).toMatchObject({
    budgetCents: 5_000_000,
    committedCents: 1_000_000,
    acceptedCents: 600_000,
    paidCents: 600_000,
  });
  expect(city.record("proposal", "garden")).toMatchObject({ state: "pact_ready", pact: "pact-garden" });
});
