import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../../protocol/canonical-json";
import { City } from "../../testing/city";
import { act } from "../../testing/founding-inputs";
import { digest } from "../../testing/keys";
import { commitment, pact, pactAct, withActive, withSigned } from "../../testing/pact-story";
import { people, torino } from "../../testing/people";
import { admitAll, finish, outcome, proposal, round, withCall, withFinal } from "../../testing/story";

const decision = (id: string) => ({
  id,
  round: "round-2026",
  act: act(`decision on ${id}`, "delibera", "2026-02-06"),
});
const fund = (id: string) => [people.giunta, "proposals:fund", decision(id)] as const;
const reserve = (id: string) => [people.giunta, "proposals:reserve", decision(id)] as const;
const abandon = (id: string) =>
  [
    people.officer,
    "proposals:abandon",
    { id, act: act(`end of ${id}`, "delibera", "2026-02-06"), reasonDigest: digest("why") },
  ] as const;
const stateOf = (city: City, id: string) => city.record("proposal", id).state;

/** EUR 15,000, two projects of 10,000: the garden selected and funded, the library in the reserve. */
const withReserve = async (city: City) => {
  await withFinal(city, ["garden", "library"]);
  await city.submit(...fund("garden"));
  await city.submit(...reserve("library"));
};

describe("the reserve", () => {
  test("is funded by an act once the round's money suffices again", async () => {
    const city = await City.after(withReserve);
    expect(await city.refusal(...fund("library"))).toBe("over_budget");
    await city.submit(...abandon("garden"));
    await city.submit(...fund("library"));
    expect(stateOf(city, "library")).toBe("funded");
    await city.submit(...abandon("library"));
    expect(city.state.get([torino, "round_funds", "round-2026"])).toEqual({ cents: 0 });
  });

  test("frees no money when it is given up, for it had none", async () => {
    const city = await City.after(withReserve);
    await city.submit(...abandon("library"));
    expect(city.state.get([torino, "round_funds", "round-2026"])).toEqual({ cents: 1_000_000 });
  });

  test("is reckoned from the proposals where an earlier version kept no sum", async () => {
    const city = await City.after(withReserve);
    const old = new City(city.state.clone());
    old.state.forget([torino, "round_funds", "round-2026"]);
    expect(await old.refusal(...fund("library"))).toBe("over_budget");
    await old.submit(...abandon("garden"));
    await old.submit(...fund("library"));
  });
});

test("what was spent on a proposal that is given up is not the round's again; what is released is", async () => {
  const city = await City.after(async (story) => {
    await withActive(story, ["garden", "library"]);
    await story.submit(...reserve("library"));
  });
  await city.submit(people.officer, "funds:commit", commitment({ amountCents: 700_000 }));
  const reason = { id: "pact-garden", reasonDigest: digest("reason") };
  await city.submit(people.officer, "pacts:terminate", reason);
  await city.submit(...abandon("garden"));
  const funds = () => city.state.get([torino, "round_funds", "round-2026"]);
  expect(funds()).toEqual({ cents: 700_000 });
  expect(await city.refusal(...fund("library"))).toBe("over_budget");
  await city.submit(people.officer, "funds:release", {
    ...{ commitment: "commitment-1", amountCents: 200_000, reasonDigest: digest("reason") },
    act: pactAct("release"),
  });
  expect(funds()).toEqual({ cents: 500_000 });
  const old = new City(city.state.clone());
  old.state.forget([torino, "round_funds", "round-2026"]);
  for (const each of [city, old]) await each.submit(...fund("library"));
  expect(old.state.get([torino, "round_funds", "round-2026"])).toEqual({ cents: 1_500_000 });
});

describe("rivals for one commons", () => {
  const withRivals = async (city: City) => {
    await withCall(city);
    await city.submit(people.resident, "proposals:submit", proposal("garden", 500_000));
    const rival = { ...proposal("rival", 500_000), commons: "commons-garden", newCommons: undefined };
    await city.submit(people.resident, "proposals:submit", rival);
    for (const id of ["garden", "rival"]) await city.submit(people.officer, "proposals:publish", { id });
    await city.advanceTo("2026-02-01");
    await admitAll(city, ["garden", "rival"]);
    const { projects, ...rest } = round(["garden", "rival"]);
    const both = projects.map((project) => ({ ...project, commons: "commons-garden", costCents: 500_000 }));
    await finish(city, { ...rest, projects: both }, outcome([1, 2], [3, 3], { costCents: 1_000_000 }));
  };

  test("are not both funded; the second waits in the reserve and takes over when the first is given up", async () => {
    const city = await City.after(withRivals);
    expect(await city.refusal(...reserve("rival"))).toBe("outcome_differs");
    await city.submit(...fund("garden"));
    expect(await city.refusal(...fund("rival"))).toBe("commons_taken");
    await city.submit(...reserve("rival"));
    expect(await city.refusal(...fund("rival"))).toBe("commons_taken");
    await city.submit(...abandon("garden"));
    await city.submit(...fund("rival"));
    expect(stateOf(city, "rival")).toBe("funded");
  });

  test("follow one another where the pact of the first has ended", async () => {
    const city = await City.after(withRivals);
    await city.submit(...fund("garden"));
    await city.submit(...reserve("rival"));
    await city.submit(people.coordinator, "proposals:startCoDesign", { id: "garden" });
    await city.submit(people.coordinator, "pacts:draft", pact());
    expect(await city.refusal(...fund("rival"))).toBe("commons_taken");
    const record = city.record("pact", "pact-garden");
    for (const state of ["active", "terminated"] as const) {
      const simulation = city.state.simulate();
      await simulation.put([torino, "pact", "pact-garden"], canonicalJson({ ...record, state }));
      city.state.commit(simulation);
      const tried = city.simulate(...fund("rival"));
      if (state === "active") await expect(tried).rejects.toMatchObject({ code: "commons_taken" });
      else await tried;
    }
  });
});

test("a proposal whose pact holds is not given up", async () => {
  const city = await City.after(withSigned);
  expect(await city.refused(...abandon("garden"))).toMatchObject({
    ...{ code: "wrong_state", params: { id: "pact-garden" } },
  });
});
