import { describe, expect, test } from "vitest";
import type { Actor } from "../../../protocol/primitives";
import type { TransactionName } from "../../../protocol/transactions";
import { City, type Input } from "../../testing/city";
import { act } from "../../testing/founding-inputs";
import { digest } from "../../testing/keys";
import { withCoDesign } from "../../testing/pact-story";
import { people, person } from "../../testing/people";
import {
  proposal,
  score,
  withAdmitted,
  withAssessment,
  withCall,
  withFinal,
  withOpenRound,
  withPublished,
} from "../../testing/story";

const id = "garden";
const round = "round-2026";
const reasonDigest = digest("why");
const decision = { id, round, act: act("decision", "delibera", "2026-02-06") };

/** A decision about the garden's proposal: where the story stands, who takes it, and what they send. */
type Decision = {
  [T in TransactionName]: {
    name: T;
    at: (city: City) => Promise<void>;
    by: Actor;
    input: Input<T>;
    before?: (city: City) => Promise<unknown>;
  };
}[TransactionName];

const submitted = async (city: City) => {
  await withCall(city);
  await city.submit(people.resident, "proposals:submit", proposal(id));
};
const scored = async (city: City) => {
  await withAssessment(city);
  for (const assessor of [people.assessor, people.secondAssessor])
    await city.submit(assessor, "proposals:score", score(id, 4000, 6000));
};
const scoredLow = async (city: City) => {
  await withAssessment(city);
  for (const assessor of [people.assessor, people.secondAssessor])
    await city.submit(assessor, "proposals:score", score(id, 0, 0));
};
const asked = async (city: City) => {
  await withAssessment(city);
  await city.submit(people.technician, "proposals:requestIntegration", {
    ...{ id, reasonDigest, dueOn: "2026-02-02" },
  });
  await city.advanceTo("2026-02-03");
};
const withOther = async (city: City) => {
  await withPublished(city);
  await city.submit(people.neighbour, "subjects:register", {
    ...{ id: "other-subject", kind: "person" as const, digest: digest("other") },
  });
  await city.submit(people.neighbour, "proposals:submit", { ...proposal("other"), subject: "other-subject" });
  await city.submit(people.officer, "proposals:publish", { id: "other" });
};
const funded = async (city: City) => {
  await withFinal(city, [id]);
  await city.submit(people.giunta, "proposals:fund", decision);
};

const decisions: Decision[] = [
  { name: "proposals:publish", at: submitted, by: people.officer, input: { id } },
  {
    ...{ name: "proposals:reject", at: submitted, by: people.officer },
    input: { id, act: act("no"), reasonDigest },
  },
  { name: "proposals:startAssessment", at: publishedAndClosed, by: people.officer, input: { id } },
  { name: "proposals:startAssessment", at: asked, by: people.officer, input: { id } },
  {
    ...{ name: "proposals:reject", at: asked, by: people.officer },
    input: { id, act: act("no"), reasonDigest },
  },
  {
    ...{ name: "proposals:requestIntegration", at: withAssessment, by: people.technician },
    input: { id, reasonDigest, dueOn: "2026-02-05" },
  },
  { name: "proposals:score", at: withAssessment, by: people.assessor, input: score(id, 1, 1) },
  { name: "proposals:admit", at: scored, by: people.officer, input: { id, act: act("yes") } },
  {
    ...{ name: "proposals:reject", at: scoredLow, by: people.officer },
    input: { id, act: act("no"), reasonDigest },
  },
  {
    ...{ name: "proposals:merge", at: withOther, by: people.officer },
    input: { id, into: "other", act: act("merge") },
  },
  {
    ...{ name: "proposals:merge", at: withOther, by: people.officer },
    input: { id: "other", into: id, act: act("merge") },
  },
  { name: "proposals:fund", at: (city) => withFinal(city, [id]), by: people.giunta, input: decision },
  { name: "proposals:startCoDesign", at: funded, by: people.coordinator, input: { id } },
  {
    ...{ name: "proposals:readyForPact", at: withCoDesign, by: people.coordinator },
    input: { id, documentHash: digest("plan") },
  },
  {
    ...{ name: "proposals:abandon", at: withCoDesign, by: people.officer },
    input: { id, act: act("end", "delibera", "2026-02-06"), reasonDigest },
  },
];

async function publishedAndClosed(city: City): Promise<void> {
  await withPublished(city);
  await city.advanceTo("2026-02-01");
}

describe.each(decisions.map((one) => [`${one.name} on ${one.at.name || "a final round"}`, one] as const))(
  "%s",
  (_, { name, at, by, input }) => {
    test("is not taken by the author, whatever their office", async () => {
      const city = await City.after(at);
      const author = { ...by, person: people.resident.person };
      expect(await city.refused(author, name, input as never)).toMatchObject({
        code: "own_proposal",
        params: { proposal: id },
      });
    });

    test("is not taken by who declared an interest, and is by somebody else", async () => {
      const city = await City.after(at);
      await city.submit(by, "proposals:declareConflict", { proposal: id, reasonDigest });
      expect(await city.refusal(by, name, input as never)).toBe("conflict_declared");
      await city.simulate({ ...by, person: "somebody-else" }, name, input as never);
    });

    test("is not taken by who declared to belong to the subject that proposes, nor by who represents it now", async () => {
      const city = await City.after(at);
      await city.submit(by, "subjects:declareInterest", { id: "garden-friends" });
      expect(await city.refusal(by, name, input as never)).toBe("conflict_of_interest");
      const representative = { ...by, person: "new-representative" };
      await city.simulate(representative, name, input as never);
      await city.submit(
        person("other-officer", "responsible_officer", "Comune"),
        "subjects:replaceRepresentative",
        {
          ...{ id: "garden-friends", representative: representative.person, act: act("assembly") },
        },
      );
      expect(await city.refusal(representative, name, input as never)).toBe("conflict_of_interest");
    });
  },
);

test("the author of a proposal merged in is an author of the other", async () => {
  const city = await City.after(withOther);
  await city.submit(people.officer, "proposals:merge", { id: "other", into: id, act: act("merge") });
  await city.advanceTo("2026-02-01");
  const credited = person(people.neighbour.person, "responsible_officer", "Comune");
  expect(await city.refusal(credited, "proposals:startAssessment", { id })).toBe("own_proposal");
});

test("an assessor's points no longer count once their own proposal is merged in", async () => {
  const city = await City.after(withOther);
  await city.advanceTo("2026-02-01");
  await city.submit(people.officer, "proposals:startAssessment", { id });
  const author = person(people.neighbour.person, "assessor", "Garanti");
  for (const assessor of [people.assessor, author])
    await city.submit(assessor, "proposals:score", score(id, 4000, 6000));
  await city.submit(people.officer, "proposals:merge", { id: "other", into: id, act: act("merge") });
  expect(await city.refused(people.officer, "proposals:admit", { id, act: act("yes") })).toMatchObject({
    code: "not_enough_scores",
    params: { count: 1, required: 2 },
  });
});

test("an interest declared in a proposal goes with it where it is merged, and drops the points given there", async () => {
  const city = await City.after(withOther);
  await city.advanceTo("2026-02-01");
  await city.submit(people.officer, "proposals:startAssessment", { id });
  for (const assessor of [people.assessor, people.secondAssessor])
    await city.submit(assessor, "proposals:score", score(id, 4000, 6000));
  await city.submit(people.assessor, "proposals:declareConflict", { proposal: "other", reasonDigest });
  await city.submit(people.officer, "proposals:merge", { id: "other", into: id, act: act("merge") });
  expect(await city.refusal(people.officer, "proposals:admit", { id, act: act("yes") })).toBe(
    "not_enough_scores",
  );
  expect(await city.refusal(people.assessor, "proposals:score", score(id, 1, 1))).toBe("conflict_declared");
});

test("an assessor's points no longer count once they say that they belong to the subject that proposes", async () => {
  const city = await City.after(scored);
  await city.submit(people.assessor, "subjects:declareInterest", { id: "garden-friends" });
  expect(await city.refusal(people.officer, "proposals:admit", { id, act: act("yes") })).toBe(
    "not_enough_scores",
  );
  expect(await city.refusal(people.assessor, "proposals:score", score(id, 1, 1))).toBe(
    "conflict_of_interest",
  );
});

describe("an interest in one project of a ballot", () => {
  test("declared before freezing keeps from every step of the round", async () => {
    const city = await City.after((story) => withAdmitted(story, [id, "library"]));
    const guarantor = people.guarantor;
    await city.submit(guarantor, "proposals:declareConflict", { proposal: "library", reasonDigest });
    const { round: frozen, drawAndOpen } = await import("../../testing/story");
    await city.submit(people.officer, "rounds:freeze", frozen([id, "library"]));
    await drawAndOpen(city);
    const annulment = { id: round, act: act("annulment"), reasonDigest };
    expect(await city.refused(guarantor, "rounds:annul", annulment)).toMatchObject({
      code: "own_proposal",
      params: { proposal: "library" },
    });
    await city.simulate({ ...guarantor, person: "other-guarantor" }, "rounds:annul", annulment);
  });

  test("in the subject behind it, declared before freezing, keeps from every step of the round as well", async () => {
    const city = await City.after((story) => withAdmitted(story, [id]));
    await city.submit(people.guarantor, "subjects:declareInterest", { id: "garden-friends" });
    const { round: frozen, drawAndOpen } = await import("../../testing/story");
    await city.submit(people.officer, "rounds:freeze", frozen([id]));
    await drawAndOpen(city);
    const annulment = { id: round, act: act("annulment"), reasonDigest };
    expect(await city.refusal(people.guarantor, "rounds:annul", annulment)).toBe("own_proposal");
  });

  test("declared while the round runs keeps from it from then on", async () => {
    const city = await City.after((story) => withOpenRound(story, [id]));
    const annulment = { id: round, act: act("annulment"), reasonDigest };
    await city.simulate(people.guarantor, "rounds:annul", annulment);
    await city.submit(people.guarantor, "proposals:declareConflict", { proposal: id, reasonDigest });
    expect(await city.refusal(people.guarantor, "rounds:annul", annulment)).toBe("own_proposal");
  });
});
