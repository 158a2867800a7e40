import { expect, test, vi } from "vitest";
import { City } from "../../testing/city";
import { act } from "../../testing/founding-inputs";
import { digest } from "../../testing/keys";
import { commitment, line, plan, withActive } from "../../testing/pact-story";
import { people } from "../../testing/people";
import { afterTheTurn, carrying, insured, withCarriedOver, yearAct } from "../../testing/year-story";

vi.setConfig({ testTimeout: 60_000 });

const reasonDigest = digest("reason");
const [m1, m2] = ["commitment-1-m1", "commitment-1-m2"];
const settle = (city: City) =>
  city.submit(people.giunta, "funds:allowSettlement", {
    commitment: "commitment-1",
    act: yearAct("settled"),
  });

/** Two milestones and 100000 cents that none plans, on a line whose year is over. */
async function withUndone(city: City): Promise<void> {
  await withActive(city);
  await city.submit(people.officer, "funds:commit", commitment());
  await city.submit(people.officer, "funds:planMilestones", plan([600_000, 300_000]));
  await insured(city);
  await city.submit(people.officer, "funds:openLine", line({ id: "line-2027", year: 2027 }));
  await city.advanceTo("2027-01-11");
}

async function yearOver(story = withUndone): Promise<City> {
  const city = await City.after(story);
  city.now = afterTheTurn;
  return city;
}

test("of an ended pact only work that was handed in goes to the new year; the rest stays and is released", async () => {
  const city = await yearOver();
  await city.submit(people.resident, "milestones:submitEvidence", { id: m1, evidence: [digest("photo")] });
  await city.submit(people.officer, "pacts:terminate", { id: "pact-garden", reasonDigest });
  await settle(city);
  const whole = carrying({ amountCents: 1_000_000 });
  expect(await city.refusal(people.accountant, "funds:carryOver", whole)).toBe("carry_differs");
  await city.submit(people.accountant, "funds:carryOver", carrying({ amountCents: 600_000 }));
  expect(city.record("commitment", "commitment-2027")).toMatchObject({
    ...{ amountCents: 600_000, plannedCents: 600_000, milestones: [m1] },
  });
  expect(city.record("commitment", "commitment-1")).toMatchObject({
    ...{ amountCents: 400_000, plannedCents: 300_000, milestones: [m2] },
  });
  await city.submit(people.coordinator, "milestones:verify", { id: m1, reportHash: digest("visit") });
  await city.advanceTo("2027-01-22");
  await city.submit(people.officer, "milestones:accept", { id: m1, acceptedCents: 600_000 });
  const back = { reasonDigest, act: yearAct("economia") };
  await city.submit(people.officer, "milestones:cancel", { id: m2, ...back });
  await city.submit(people.officer, "funds:release", {
    ...{ commitment: "commitment-1", amountCents: 400_000, ...back },
  });
  expect(city.record("budget_line", "line-2026").committedCents).toBe(0);
});

test("nothing of an ended pact goes on where no work was handed in, also after an act that settles it", async () => {
  const city = await yearOver();
  await city.submit(people.officer, "pacts:terminate", { id: "pact-garden", reasonDigest });
  await settle(city);
  const input = carrying({ amountCents: 1_000_000 });
  expect(await city.refusal(people.accountant, "funds:carryOver", input)).toBe("nothing_to_carry");
});

/** Last year's second milestone, carried over to a line that has its own budget too, comes to nothing. */
async function withReleased(): Promise<City> {
  const city = await yearOver(withCarriedOver);
  const back = { reasonDigest, act: yearAct("economia") };
  await city.submit(people.officer, "milestones:cancel", { id: m2, ...back });
  await city.submit(people.officer, "funds:release", {
    ...{ commitment: "commitment-2027", amountCents: 150_000, ...back },
  });
  return city;
}

test("what is released of money that was carried over leaves its line with the budget that came along, and nobody commits it again", async () => {
  const before = (await yearOver(withCarriedOver)).record("budget_line", "line-2027");
  const city = await withReleased();
  expect(city.record("budget_line", "line-2027")).toEqual({
    ...before,
    budgetCents: before.budgetCents - 150_000,
    committedCents: before.committedCents - 150_000,
    carriedInCents: 250_000,
  });
});

test("what is released of money of the year itself goes back to its line, whose budget stays", async () => {
  const city = await yearOver();
  const before = city.record("budget_line", "line-2026");
  await city.submit(people.officer, "funds:release", {
    ...{ commitment: "commitment-1", amountCents: 100_000, reasonDigest, act: yearAct("economia") },
  });
  expect(city.record("budget_line", "line-2026")).toEqual({
    ...before,
    committedCents: before.committedCents - 100_000,
  });
});

test("the act that opens a line by carrying over holds the year that it is of", async () => {
  const city = await yearOver(withCarriedOver);
  await city.advanceTo("2028-01-11");
  const opening = carrying({
    ...{ id: "commitment-2028", commitment: "commitment-2027", line: "line-2028", name: "Beni comuni" },
    act: act("riaccertamento 2028", "determina", "2028-01-11"),
  });
  // Signed in December, it would open a line of another year in January.
  expect(await city.refusal(people.accountant, "funds:carryOver", { ...opening, year: 2027 })).toBe(
    "line_not_of_year",
  );
  expect(await city.refusal(people.accountant, "funds:carryOver", opening)).toBe("invalid_input");
  const existing = carrying({ ...opening, line: "line-2026", name: undefined, year: 2028 });
  expect(await city.refusal(people.accountant, "funds:carryOver", existing)).toBe("invalid_input");
  await city.submit(people.accountant, "funds:carryOver", { ...opening, year: 2028 });
  expect(city.record("budget_line", "line-2028")).toMatchObject({ year: 2028, budgetCents: 400_000 });
});
