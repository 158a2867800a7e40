import { expect, test } from "vitest";
import { canonicalJson } from "../../../protocol/canonical-json";
import { City } from "../../testing/city";
import { act } from "../../testing/founding-inputs";
import { digest } from "../../testing/keys";
import { people, person } from "../../testing/people";
import { outcome, withAdmitted, withCounted } from "../../testing/story";

const round = "round-2026";
const ids = ["garden", "library"];
const counted = (city: City) => withCounted(city, ids);
const objectionBy = (name: string, id = `objection-${name}`) =>
  [person(name, "resident", "Case"), "rounds:object", { id, round, digest: digest(id) }] as const;
const decide = (id: string, upheld: boolean) =>
  [people.guarantor, "rounds:decideObjection", { id, upheld, digest: digest("because") }] as const;
const attest = async (city: City) => {
  const outcomeDigest = city.record("round", round).outcome?.digest ?? "";
  for (const who of [people.officer, people.guarantor])
    await city.submit(who, "rounds:attest", { id: round, digest: outcomeDigest });
};

test("objections of one block do not meet each other", async () => {
  const city = await City.after(counted);
  const together = [
    await city.simulate(...objectionBy("first-resident")),
    await city.simulate(...objectionBy("second-resident")),
  ];
  expect(together.map(({ simulation }) => city.state.commit(simulation))).toEqual([true, true]);
});

test("an objection to a ballot of fifty projects writes a few hundred bytes", async () => {
  const many = Array.from({ length: 50 }, (_, index) => `project-${index}`);
  const city = await City.after((story) => withCounted(story, many));
  const { simulation, event } = await city.submit(...objectionBy("first-resident"));
  const written = [...simulation.writes].reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  expect(written + canonicalJson(event).length).toBeLessThan(2_000);
  expect(event.entries.map(({ type }) => type)).toEqual(["objection"]);
});

test("one that is upheld overturns the count it is against, and no later one", async () => {
  const city = await City.after(counted);
  await city.submit(...objectionBy("first-resident"));
  await city.submit(...objectionBy("second-resident"));
  await city.submit(...decide("objection-first-resident", true));
  expect(city.record("round", round)).toMatchObject({ state: "closed", attestations: [] });
  await city.submit(people.officer, "rounds:count", { id: round, outcome: outcome([2], [1, 2]) });
  await attest(city);
  await city.submit(...decide("objection-second-resident", true));
  expect(city.record("round", round)).toMatchObject({
    ...{ state: "attested", counts: 2 },
    outcome: { selected: [2] },
  });
});

test("those against an overturned count do not hold up the new one; those against it do", async () => {
  const city = await City.after(counted);
  await city.submit(...objectionBy("first-resident"));
  await city.submit(...objectionBy("second-resident"));
  await city.submit(...decide("objection-first-resident", true));
  await city.submit(people.officer, "rounds:count", { id: round, outcome: outcome([2], [1, 2]) });
  await attest(city);
  const again = objectionBy("second-resident", "objection-again");
  await city.submit(...again);
  await city.advanceTo("2026-02-06");
  const final = { id: round, act: act("final") };
  expect(await city.refused(people.guarantor, "rounds:finalise", final)).toMatchObject({
    code: "objection_open",
    params: { count: 1 },
  });
  await city.submit(...decide("objection-again", false));
  await city.submit(people.guarantor, "rounds:finalise", final);
  expect(city.record("round", round).state).toBe("final");
});

test("are taken on the last day of their term, and not on the day after", async () => {
  const city = await City.after(counted);
  await attest(city);
  await city.advanceTo("2026-02-05");
  await city.simulate(...objectionBy("first-resident"));
  await city.advanceTo("2026-02-06");
  expect(await city.refused(...objectionBy("first-resident"))).toMatchObject({
    ...{ code: "too_late", params: { day: "2026-02-05" } },
  });
});

test("one that arrives while the result is made final makes that a conflict", async () => {
  const city = await City.after(counted);
  await attest(city);
  const objection = await city.simulate(...objectionBy("first-resident"));
  await city.advanceTo("2026-02-06");
  const final = await city.simulate(people.guarantor, "rounds:finalise", { id: round, act: act("final") });
  expect(city.state.commit(objection.simulation)).toBe(false);
  expect(city.state.commit(final.simulation)).toBe(true);
});

test("a proposal left off a ballot by an act waits for the next one", async () => {
  const { round: frozen } = await import("../../testing/story");
  const city = await City.after((story) => withAdmitted(story, ids));
  const exclusion = { proposals: ["library"], act: act("exclusion"), reasonDigest: digest("why") };
  await city.submit(people.officer, "rounds:freeze", frozen(["garden"], { exclusion }));
  expect(city.record("round", round).exclusion).toEqual(exclusion);
  expect(city.record("proposal", "library").state).toBe("admitted");
  await city.submit(people.officer, "rounds:freeze", frozen(["library"], { id: "round-next" }));
  expect(city.record("proposal", "library")).toMatchObject({ state: "on_ballot", round: "round-next" });
});
