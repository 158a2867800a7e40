import { beforeEach, describe, expect, test } from "vitest";
import type { Asked } from "../../../protocol/transactions/binding";
import { City, type Input } from "../../testing/city";
import { digest } from "../../testing/keys";
import { commitment, plan, withActive } from "../../testing/pact-story";
import { people, person } from "../../testing/people";
import { signedPaper, withApproved } from "../../testing/refusals/papers";
import { administrators } from "../../testing/register";

const { resident, coordinator, guarantor, district, officer } = people;

const paperOf = (asked: Asked, id = "paper-1"): Input<"papers:record"> => ({
  ...{ id, person: resident.person, asked, scan: digest("scan") },
});

async function withOwnSide(city: City): Promise<void> {
  await withApproved(city);
  const own = { id: "pact-garden", version: 1, documentHash: digest("pact v1") };
  await city.submit(officer, "pacts:sign", { ...own, party: "comune" });
}

async function withPlan(city: City): Promise<void> {
  await withActive(city);
  await city.submit(officer, "funds:commit", commitment());
  await city.submit(officer, "funds:planMilestones", {
    ...plan([600_000, 400_000]),
    reports: [{ id: "report-1", kind: "annual", dueOn: "2026-12-31" }],
  });
}

describe("a pact signed on paper", () => {
  let city: City;
  beforeEach(async () => {
    city = await City.after(withOwnSide);
  });

  test("counts when a witness of another organisation has confirmed it", async () => {
    await city.submit(coordinator, "papers:record", signedPaper);
    expect(city.record("pact", "pact-garden")).toMatchObject({ state: "giunta_approved" });
    expect(city.record("paper", "paper-1")).toMatchObject({ state: "recorded", recordedBy: coordinator });

    const { event } = await city.submit(district, "papers:confirm", signedPaper);
    expect(city.record("paper", "paper-1")).toMatchObject({ state: "confirmed", confirmedBy: district });
    const { state, signatures } = city.record("pact", "pact-garden");
    expect(state).toBe("signed");
    expect(signatures.at(-1)).toEqual({
      ...{ party: "friends", person: resident.person, version: 1, on: "2026-02-06" },
      ...{ means: "paper", paper: "paper-1" },
    });
    expect(event).toMatchObject({ transaction: "papers:confirm", actor: district });
    expect(event.entries.map(({ type }) => type).sort()).toEqual(["pact", "paper"]);
  });

  test("is refused at once where the rules would not take it", async () => {
    const other = (asked: Partial<Asked>, person = resident.person) => ({
      ...{ ...signedPaper, person },
      asked: { ...signedPaper.asked, ...asked } as Asked,
    });
    const refusal = (input: typeof signedPaper) => city.refusal(coordinator, "papers:record", input);
    expect(await refusal(other({}, people.neighbour.person))).toBe("not_a_party");
    expect(await refusal(other({ version: 2 }))).toBe("wrong_version");
    expect(await refusal(other({ party: "comune" }))).toBe("not_a_party");
    expect(await refusal(other({ party: "nobody" }))).toBe("not_a_party");
  });

  test("is not confirmed by the first witness, by another of the same organisation, or as something else", async () => {
    await city.submit(coordinator, "papers:record", signedPaper);
    expect(await city.refusal(coordinator, "papers:confirm", signedPaper)).toBe("same_person");
    expect(await city.refusal(administrators.Case, "papers:confirm", signedPaper)).toBe("same_organisation");
    const other = { ...signedPaper, scan: digest("another scan") };
    expect(await city.refusal(guarantor, "papers:confirm", other)).toBe("paper_differs");
  });

  test("is not witnessed by whoever signed it, nor by anybody who belongs to the party", async () => {
    const own = { ...coordinator, person: resident.person };
    expect(await city.refusal(own, "papers:record", signedPaper)).toBe("person_concerned");
    await city.submit(coordinator, "subjects:declareInterest", { id: "garden-friends" });
    expect(await city.refusal(coordinator, "papers:record", signedPaper)).toBe("conflict_of_interest");
    await city.submit(guarantor, "papers:record", signedPaper);
    expect(await city.refusal(coordinator, "papers:confirm", signedPaper)).toBe("conflict_of_interest");
    expect(await city.refusal(own, "papers:confirm", signedPaper)).toBe("person_concerned");
  });

  test("comes to nothing where the pact has changed or was signed in the meantime", async () => {
    await city.submit(coordinator, "papers:record", signedPaper);
    await city.submit(coordinator, "papers:record", { ...signedPaper, id: "paper-2" });
    await city.submit(district, "papers:confirm", signedPaper);
    const again = { ...signedPaper, id: "paper-2" };
    expect(await city.refusal(district, "papers:confirm", again)).toBe("wrong_state");
    expect(await city.refusal(district, "papers:confirm", signedPaper)).toBe("wrong_state");
  });

  test("is taken back while nobody has confirmed it", async () => {
    await city.submit(coordinator, "papers:record", signedPaper);
    const own = { id: "paper-1" };
    const colleague = person("another-coordinator", "coordinator", "Case");
    expect(await city.refusal(colleague, "papers:withdraw", own)).toBe("not_own");
    expect(await city.refusal(administrators.Comune, "papers:withdraw", own)).toBe("not_own");
    await city.submit(coordinator, "papers:withdraw", own);
    expect(city.record("paper", "paper-1").state).toBe("withdrawn");
    expect(await city.refusal(district, "papers:confirm", signedPaper)).toBe("wrong_state");
    await city.submit(coordinator, "papers:record", { ...signedPaper, id: "paper-2" });
    await city.submit(administrators.Case, "papers:withdraw", { id: "paper-2" });
    expect(city.record("paper", "paper-2")).toMatchObject({
      ...{ state: "withdrawn", withdrawnBy: administrators.Case },
    });
  });
});

test("evidence that is handed in again without a paper has no witnesses any more", async () => {
  const city = await City.after(withPlan);
  const evidence = { id: "commitment-1-m1", evidence: [digest("photo")] };
  const paper = paperOf({ transaction: "milestones:submitEvidence", ...evidence });
  await city.submit(coordinator, "papers:record", paper);
  await city.submit(guarantor, "papers:confirm", paper);
  await city.submit(coordinator, "milestones:returnEvidence", {
    ...{ id: evidence.id, reasonDigest: digest("too dark") },
  });
  await city.submit(resident, "milestones:submitEvidence", evidence);
  expect(city.record("milestone", evidence.id)).not.toHaveProperty("witnesses");
  await city.submit(coordinator, "milestones:verify", { id: evidence.id, reportHash: digest("visit") });
});

test("evidence, a request for payment and a report are handed in on paper as the party's own steps", async () => {
  const city = await City.after(withPlan);
  const byPaper = async (asked: Asked, id: string) => {
    await city.submit(coordinator, "papers:record", paperOf(asked, id));
    await city.submit(guarantor, "papers:confirm", paperOf(asked, id));
  };
  const milestone = "commitment-1-m1";
  const evidence = [digest("photo")];
  await byPaper({ transaction: "milestones:submitEvidence", id: milestone, evidence }, "paper-1");
  expect(city.record("milestone", milestone)).toMatchObject({
    ...{ state: "evidence_submitted", evidence },
    submittedBy: { ...resident, organisation: "Comune" },
  });
  expect(city.record("milestone", milestone).witnesses).toEqual([coordinator, guarantor]);
  // Neither witness says that the work is there: a third person looks at it.
  const verification = { id: milestone, reportHash: digest("visit") };
  expect(await city.refusal(coordinator, "milestones:verify", verification)).toBe("same_person");
  await city.submit(person("another-coordinator", "coordinator", "Case"), "milestones:verify", verification);
  const again = { id: milestone, reportHash: digest("again") };
  expect(await city.refusal(coordinator, "milestones:countersign", again)).toBe("same_person");
  await city.advanceTo("2026-02-16");
  await city.submit(officer, "milestones:accept", { id: milestone, acceptedCents: 600_000 });
  const request = { id: "payment-1", milestone, amountCents: 600_000 };
  await byPaper({ transaction: "payments:request", ...request }, "paper-2");
  expect(city.record("payment", "payment-1")).toMatchObject({
    ...{ state: "requested", requestedBy: { role: "resident", person: resident.person } },
  });
  await byPaper({ transaction: "reports:submit", id: "report-1", digest: digest("report") }, "paper-3");
  expect(city.record("report", "report-1").submittedOn).toBe("2026-02-16");
});
