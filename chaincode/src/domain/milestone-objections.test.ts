import { expect, test } from "vitest";
import { MOST_OBJECTIONS, openObjectionsTo } from "../../../protocol/records/money";
import { City } from "../../testing/city";
import { digest } from "../../testing/keys";
import { commitment, plan, withActive } from "../../testing/pact-story";
import { people, person } from "../../testing/people";

const id = "commitment-1-m1";
const visit = { id, reportHash: digest("visit") };
const objection = (of: string) => ({ id: of, milestone: id, digest: digest(of) });
const decision = (of: string, upheld: boolean) => ({ id, objection: of, upheld, digest: digest("because") });
const another = person("another-neighbour", "resident", "Case");

async function cityWithVerified(): Promise<City> {
  const city = await City.founded();
  await withActive(city);
  await city.submit(people.officer, "funds:commit", commitment());
  await city.submit(people.officer, "funds:planMilestones", plan([600_000]));
  await prove(city);
  return city;
}

async function prove(city: City): Promise<void> {
  await city.submit(people.resident, "milestones:submitEvidence", { id, evidence: [digest("photo")] });
  await city.submit(people.coordinator, "milestones:verify", visit);
}

test("an objection that is upheld sets the verification aside and answers the others of it", async () => {
  const city = await cityWithVerified();
  await city.submit(people.neighbour, "milestones:object", objection("first"));
  await city.submit(another, "milestones:object", objection("second"));
  await city.submit(people.guarantor, "milestones:decideObjection", decision("first", true));
  const milestone = city.record("milestone", id);
  expect(milestone).toMatchObject({ state: "planned" });
  expect(milestone.verifiedBy).toBeUndefined();
  expect(milestone.acceptableFrom).toBeUndefined();
  expect(milestone.objections?.map((one) => one.decision?.upheld)).toEqual([true, true]);
  // The work is proved anew, and can be objected to anew by the same people.
  await prove(city);
  await city.submit(people.neighbour, "milestones:object", objection("third"));
  expect(openObjectionsTo(city.record("milestone", id)).map((one) => one.id)).toEqual(["third"]);
});

test("one that was dismissed keeps nobody from objecting to the next verification, be it of the same day", async () => {
  const city = await cityWithVerified();
  await city.submit(people.neighbour, "milestones:object", objection("first"));
  await city.submit(people.guarantor, "milestones:decideObjection", decision("first", false));
  await city.submit(another, "milestones:object", objection("second"));
  await city.submit(people.guarantor, "milestones:decideObjection", decision("second", true));
  await prove(city);
  expect(city.record("milestone", id).objections).toBeUndefined();
  await city.submit(people.neighbour, "milestones:object", objection("third"));
  expect(openObjectionsTo(city.record("milestone", id)).map((one) => one.id)).toEqual(["third"]);
});

test("however many verifications were set aside, the next one can be objected to", async () => {
  const city = await cityWithVerified();
  for (let count = 0; count < MOST_OBJECTIONS; count += 1) {
    await city.submit(people.neighbour, "milestones:object", objection(`of-${count}`));
    await city.submit(people.guarantor, "milestones:decideObjection", decision(`of-${count}`, true));
    await prove(city);
  }
  await city.submit(people.neighbour, "milestones:object", objection("another"));
  expect(openObjectionsTo(city.record("milestone", id)).map((one) => one.id)).toEqual(["another"]);
});

test("one verification has no more objections than its record holds", async () => {
  const city = await cityWithVerified();
  for (let count = 0; count < MOST_OBJECTIONS; count += 1)
    await city.submit(
      person(`neighbour-${count}`, "resident", "Case"),
      "milestones:object",
      objection(`of-${count}`),
    );
  expect(await city.refusal(another, "milestones:object", objection("another"))).toBe("too_many");
});

test("one that is dismissed leaves the verification, and whoever raised it cannot raise another", async () => {
  const city = await cityWithVerified();
  await city.submit(people.neighbour, "milestones:object", objection("first"));
  await city.submit(another, "milestones:object", objection("second"));
  await city.submit(people.guarantor, "milestones:decideObjection", decision("first", false));
  expect(openObjectionsTo(city.record("milestone", id)).map((one) => one.id)).toEqual(["second"]);
  expect(await city.refusal(people.neighbour, "milestones:object", objection("third"))).toBe(
    "already_exists",
  );
  await city.advanceTo("2026-02-16");
  const whole = { id, acceptedCents: 600_000 };
  expect(await city.refusal(people.officer, "milestones:accept", whole)).toBe("objection_open");
  await city.submit(people.guarantor, "milestones:decideObjection", decision("second", false));
  await city.submit(people.officer, "milestones:accept", whole);
  expect(city.record("milestone", id).state).toBe("accepted");
});
