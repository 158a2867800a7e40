import { expect, test } from "vitest";
import { City } from "../../testing/city";
import { digest } from "../../testing/keys";
import { withAccepted } from "../../testing/pact-story";
import { people, torino } from "../../testing/people";

const request = { id: "payment-1", milestone: "commitment-1-m1", amountCents: 1 };

async function withReports(count: number): Promise<City> {
  const city = await City.after(withAccepted);
  for (let from = 0; from < count; from += 20)
    await city.submit(people.coordinator, "funds:planMilestones", {
      ...{ commitment: "commitment-1", milestones: [] },
      reports: Array.from({ length: Math.min(20, count - from) }, (_, index) => ({
        ...{ id: `report-${from + index}`, kind: "annual" as const, dueOn: "2026-05-01" },
      })),
    });
  return city;
}

const readsOf = async (city: City) =>
  (await city.simulate(people.resident, "payments:request", request)).simulation.reads.size;

test("asking for a payment reads as much with 60 reports as with none", async () => {
  expect(await readsOf(await withReports(60))).toBe(await readsOf(await withReports(0)));
});

test("the reports of a commitment older than the list of what it owes are read once", async () => {
  const city = await withReports(60);
  const old = new City(city.state.without(["owed_reports"]));
  expect(await readsOf(old)).toBe((await readsOf(city)) + 60);
  await old.submit(people.resident, "payments:request", request);
  const second = { ...request, id: "payment-2" };
  const { simulation } = await old.simulate(people.resident, "payments:request", second);
  expect(simulation.reads.size).toBe(await readsOf(city));
});

test("a report that was submitted is not owed any more, the others are", async () => {
  const city = await withReports(2);
  await city.submit(people.resident, "reports:submit", { id: "report-0", digest: digest("report") });
  expect(city.state.get([torino, "owed_reports", "commitment-1"])).toEqual({
    reports: [{ id: "report-1", dueOn: "2026-05-01" }],
  });
  await city.advanceTo("2026-05-01");
  await city.submit(people.resident, "payments:request", request);
  await city.advanceTo("2026-05-02");
  const late = { ...request, id: "payment-2" };
  expect(await city.refused(people.resident, "payments:request", late)).toMatchObject({
    ...{ code: "report_overdue", params: { id: "report-1", day: "2026-05-01" } },
  });
});
