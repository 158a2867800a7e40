import { expect, test } from "vitest";
import { ActsCity } from "../../testing/acts-city";
import { digest } from "../../testing/keys";
import { withOrdered } from "../../testing/pact-story";
import { people } from "../../testing/people";

test("the whole story is told by acts that people sign, residents the Comune vouches for, and programs", async () => {
  const city = await ActsCity.ofTheStory();
  await withOrdered(city);
  const outcome = { reference: "CRO 1", on: "2026-02-16", documentHash: digest("receipt") };
  const { event } = await city.submit(people.treasurer, "payments:recordPaid", {
    id: "payment-1",
    ...outcome,
  });
  expect(city.record("payment", "payment-1")).toMatchObject({ state: "paid" });
  expect(event).toMatchObject({
    actor: people.treasurer,
    carriedBy: { organisation: "Comune", program: "service-comune" },
  });
  expect(event.signed?.act).toMatch(/^[0-9a-f]{64}$/);
});
