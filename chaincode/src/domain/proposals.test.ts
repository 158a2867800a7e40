import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { City } from "../../testing/city";
import { act } from "../../testing/founding-inputs";
import { digest } from "../../testing/keys";
import { people, person } from "../../testing/people";
import { call, proposal, score, withAssessment, withCall, withPublished } from "../../testing/story";
import { average, reaches } from "./assessments";

vi.setConfig({ testTimeout: 60_000 });

const garden = { id: "garden" };
const score80 = score("garden", 3200, 4800);

test("a commons named for the first time is registered with its proposal", async () => {
  const city = await City.after(withCall);
  const { event } = await city.submit(people.resident, "proposals:submit", proposal("garden"));
  expect(event.entries.map(({ type }) => type)).toEqual(["commons", "proposal"]);
  expect(event.commons).toEqual(["commons-garden"]);
  const second = { ...proposal("pond"), commons: "commons-garden", newCommons: undefined };
  await city.submit(people.resident, "proposals:submit", second);
  expect(city.record("proposal", "pond").commons).toBe("commons-garden");
});

test("a proposal merged into another is credited there, with whom it credited", async () => {
  const city = await City.after(withPublished);
  const authors = [people.neighbour, person("third-resident", "resident", "Case")];
  for (const [index, author] of authors.entries()) {
    const id = `duplicate-${index}`;
    const subject = `subject-of-${index}`;
    await city.submit(author, "subjects:register", { id: subject, kind: "person", digest: digest(id) });
    await city.submit(author, "proposals:submit", { ...proposal(id), subject });
    await city.submit(people.officer, "proposals:publish", { id });
  }
  const merge = (id: string, into: string) =>
    city.submit(people.officer, "proposals:merge", { id, into, act: act(`merge ${id}`) });
  await merge("duplicate-1", "duplicate-0");
  await merge("duplicate-0", "garden");
  expect(city.record("proposal", "garden")).toMatchObject({
    state: "published",
    credits: authors.map((author) => author.person),
  });
  expect(city.record("proposal", "duplicate-0")).toMatchObject({ state: "merged", mergedInto: "garden" });
});

describe("a merge that is undone", () => {
  const withDuplicates = async () => {
    const city = await City.after(withPublished);
    const submit = async (id: string, author: typeof people.neighbour, subject: string) => {
      await city.submit(author, "proposals:submit", { ...proposal(id), subject });
      await city.submit(people.officer, "proposals:publish", { id });
    };
    await city.submit(people.neighbour, "subjects:register", {
      ...{ id: "neighbour", kind: "person", digest: digest("neighbour") },
    });
    await submit("first", people.neighbour, "neighbour");
    await submit("second", people.neighbour, "neighbour");
    return city;
  };
  const merge = (city: City, id: string, into: string) =>
    city.submit(people.officer, "proposals:merge", { id, into, act: act(`merge ${id}`) });
  const separate = (city: City, id: string) =>
    city.submit(people.officer, "proposals:separate", { id, act: act(`separate ${id}`) });

  test("brings back all of the proposal, with what was given to it, and tells by which act", async () => {
    const city = await withDuplicates();
    await city.submit(people.resident, "proposals:adhere", {
      ...{ id: "adhesion-1", proposal: "first", kind: "time" },
    });
    const [first, garden] = [city.record("proposal", "first"), city.record("proposal", "garden")];
    const adhesions = city.state.all("001272", "adhesion");
    await merge(city, "first", "garden");
    await separate(city, "first");
    const { mergedFrom: _, ...back } = { ...first, mergedFrom: undefined, act: act("separate first") };
    expect(city.record("proposal", "first")).toEqual(back);
    expect(city.record("proposal", "garden")).toEqual({
      ...{ ...garden, credits: [], takenIn: [], act: act("separate first") },
    });
    expect(city.state.all("001272", "adhesion")).toEqual(adhesions);
  });

  test("goes back to the state it was merged from, and can be merged again", async () => {
    const city = await withDuplicates();
    await city.advanceTo("2026-02-01");
    await city.submit(people.officer, "proposals:startAssessment", { id: "first" });
    await merge(city, "first", "garden");
    await separate(city, "first");
    expect(city.record("proposal", "first").state).toBe("under_assessment");
    await merge(city, "first", "garden");
    expect(city.record("proposal", "garden")).toMatchObject({
      ...{ credits: [people.neighbour.person], takenIn: ["first"] },
    });
  });

  test("leaves an author credited who has another proposal in it", async () => {
    const city = await withDuplicates();
    for (const id of ["first", "second"]) await merge(city, id, "garden");
    await separate(city, "first");
    expect(city.record("proposal", "garden").credits).toEqual([people.neighbour.person]);
    await separate(city, "second");
    expect(city.record("proposal", "garden").credits).toEqual([]);
  });

  test("takes those with it that it had credited, and is undone from the outside in", async () => {
    const city = await withDuplicates();
    await merge(city, "first", "second");
    await merge(city, "second", "garden");
    await expect(separate(city, "first")).rejects.toMatchObject({ code: "wrong_state" });
    await separate(city, "second");
    await separate(city, "first");
    for (const id of ["garden", "second"]) expect(city.record("proposal", id).credits).toEqual([]);
  });

  test("is refused to the authors of either, and once something was decided", async () => {
    const city = await withDuplicates();
    await merge(city, "first", "garden");
    for (const { person } of [people.neighbour, people.resident]) {
      const officer = { ...people.officer, person };
      await expect(
        city.submit(officer, "proposals:separate", { id: "first", act: act("x") }),
      ).rejects.toThrow();
    }
    await city.submit(people.resident, "proposals:withdraw", { id: "garden" });
    await expect(separate(city, "first")).rejects.toMatchObject({ code: "wrong_state" });
  });
});

test("an adhesion that was withdrawn can be given again, under the same key", async () => {
  const city = await City.after(withPublished);
  const adhere = (id: string) =>
    city.submit(people.neighbour, "proposals:adhere", { id, proposal: "garden", kind: "time" });
  await adhere("adhesion-1");
  await city.submit(people.neighbour, "proposals:withdrawAdhesion", { proposal: "garden" });
  await adhere("adhesion-2");
  const key = ["garden", people.neighbour.person] as const;
  expect(city.record("adhesion", ...key)).toMatchObject({ id: "adhesion-2", withdrawn: false });
});

test("a call a sportello has proposals assessed while it is open", async () => {
  const city = await City.after(withCall);
  await city.submit(people.officer, "calls:publish", call({ id: "call-rolling", rolling: true }));
  await city.submit(people.resident, "proposals:submit", { ...proposal("garden"), call: "call-rolling" });
  await city.submit(people.officer, "proposals:publish", garden);
  await city.submit(people.officer, "proposals:startAssessment", garden);
  expect(city.record("proposal", "garden").state).toBe("under_assessment");
});

test("the average is of those without a conflict, rounded down", async () => {
  const city = await City.after(withAssessment);
  const third = person("third-assessor", "assessor", "Case");
  for (const assessor of [people.assessor, people.secondAssessor, third]) {
    await city.submit(assessor, "proposals:score", assessor === third ? score("garden", 0, 0) : score80);
  }
  await city.submit(third, "proposals:declareConflict", {
    proposal: "garden",
    reasonDigest: digest("cousin"),
  });
  expect(city.record("assessment", "garden", third.person)).toMatchObject({ conflict: true, scores: [] });
  const lower = score("garden", 3200, 4799);
  await city.submit(people.secondAssessor, "proposals:score", lower);
  await city.submit(people.officer, "proposals:admit", { ...garden, act: act("admission") });
  expect(city.record("proposal", "garden")).toMatchObject({ state: "admitted", score: 7999 });
});

test("a score that arrives while an admission is on its way makes the admission a conflict", async () => {
  const city = await City.after(withAssessment);
  for (const assessor of [people.assessor, people.secondAssessor]) {
    await city.submit(assessor, "proposals:score", score80);
  }
  const admission = await city.simulate(people.officer, "proposals:admit", {
    ...garden,
    act: act("admission"),
  });
  await city.submit(person("third-assessor", "assessor", "Case"), "proposals:score", score("garden", 0, 0));
  expect(city.state.commit(admission.simulation)).toBe(false);
  expect(await city.refusal(people.officer, "proposals:admit", { ...garden, act: act("admission") })).toBe(
    "below_threshold",
  );
});

test("the threshold is reached exactly, however many assess", () => {
  const scores = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(scores, fc.integer({ min: 0, max: 100 }), (points, threshold) => {
      const total = points.reduce((sum, one) => sum + one, 0);
      const exact = BigInt(total) >= BigInt(threshold) * 100n * BigInt(points.length);
      expect(reaches(threshold, total, points.length)).toBe(exact);
      expect(BigInt(average(total, points.length))).toBe(BigInt(total) / BigInt(points.length));
    }),
    { numRuns: 2000 },
  );
});
