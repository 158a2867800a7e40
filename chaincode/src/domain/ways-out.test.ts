import { expect, test, vi } from "vitest";
import { City } from "../../testing/city";
import { act } from "../../testing/founding-inputs";
import { digest } from "../../testing/keys";
import {
  commitment,
  line,
  pact,
  pactAct,
  payAct,
  plan,
  withAccepted,
  withActive,
  withCoDesign,
  withDraft,
  withOrdered,
  withSigned,
} from "../../testing/pact-story";
import { people, person, torino } from "../../testing/people";
import { withRivalsFinal } from "../../testing/rival-story";

vi.setConfig({ testTimeout: 60_000 });

const id = "pact-garden";
const m1 = "commitment-1-m1";
const m2 = "commitment-1-m2";
const reasonDigest = digest("reason");
const reason = { id, reasonDigest };
const request = { id: "payment-1", milestone: m1, amountCents: 600_000 };
const release = { commitment: "commitment-1", reasonDigest, act: payAct("release") };
const outcome = { reference: "CRO 1", on: "2026-02-16", documentHash: digest("receipt") };

/** From a request to the treasury's outcome. */
async function pay(city: City): Promise<void> {
  await city.submit(people.resident, "payments:request", request);
  await city.submit(people.officer, "payments:check", { id: "payment-1" });
  const liquidation = { id: "payment-1", act: payAct("liquidation") };
  await city.submit(people.accountant, "payments:liquidate", liquidation);
  await city.submit(people.officer, "funds:publishGrant", {
    commitment: "commitment-1",
    digest: digest("row"),
  });
  await city.submit(people.secondAccountant, "payments:order", { id: "payment-1", orderNumber: "1/2026" });
  await city.submit(people.treasurer, "payments:recordPaid", { id: "payment-1", ...outcome });
}

test("a signed pact that is never activated is given up by an act, and another one drafted", async () => {
  const city = await City.after(withSigned);
  await city.submit(people.officer, "pacts:withdraw", { ...reason, act: pactAct("withdrawal") });
  expect(city.record("pact", id)).toMatchObject({
    state: "withdrawn",
    endedOn: "2026-02-06",
    withdrawalAct: pactAct("withdrawal"),
  });
  await city.submit(people.coordinator, "pacts:draft", pact({ id: "pact-second" }));
  expect(city.record("proposal", "garden")).toMatchObject({ state: "pact_ready", pact: "pact-second" });
});

test("a renewal that is given up leaves the pact it was to renew, which can be renewed again", async () => {
  const city = await City.after(withActive);
  await city.submit(people.coordinator, "pacts:draft", pact({ id: "pact-renewal", renews: id }));
  await city.submit(people.officer, "pacts:withdraw", {
    ...{ id: "pact-renewal", reasonDigest },
    act: pactAct("withdrawal"),
  });
  expect(city.record("proposal", "garden").pact).toBe(id);
  expect(city.record("pact", id).state).toBe("active");
  await city.submit(people.coordinator, "pacts:draft", pact({ id: "pact-again", renews: id }));
});

test("what was accepted is paid after the pact ended, once an act settles it, and no new work is taken", async () => {
  const city = await City.after(withAccepted);
  await city.submit(people.officer, "pacts:terminate", reason);
  expect(await city.refusal(people.resident, "payments:request", request)).toBe("pact_not_active");
  await city.submit(people.giunta, "funds:allowSettlement", {
    commitment: "commitment-1",
    act: payAct("settlement"),
  });
  expect(city.record("commitment", "commitment-1").settlement).toEqual({
    ...{ act: payAct("settlement"), by: people.giunta },
    on: "2026-02-16",
  });
  const evidence = { id: m2, evidence: [digest("photo 2")] };
  expect(await city.refusal(people.resident, "milestones:submitEvidence", evidence)).toBe("pact_not_active");
  await pay(city);
  expect(city.record("payment", "payment-1").state).toBe("paid");
});

test("what was verified is accepted and paid after the term, once an act settles it, though nobody said that it expired", async () => {
  const city = await City.after(withAccepted);
  city.now = Date.parse("2029-06-01T10:00:00Z");
  await city.submit(people.resident, "milestones:submitEvidence", { id: m2, evidence: [digest("photo 2")] });
  await city.submit(people.coordinator, "milestones:verify", { id: m2, reportHash: digest("visit 2") });
  await city.advanceTo("2029-02-06");
  const acceptance = { id: m2, acceptedCents: 400_000 };
  expect(await city.refusal(people.officer, "milestones:accept", acceptance)).toBe("pact_term_over");
  await city.submit(people.giunta, "funds:allowSettlement", {
    commitment: "commitment-1",
    act: act("settlement", "delibera", "2029-02-06"),
  });
  await city.submit(people.officer, "milestones:accept", acceptance);
  await city.submit(people.resident, "payments:request", { ...request, milestone: m2, amountCents: 400_000 });
});

test("a settlement says nothing while the pact is in force again elsewhere: a renewed pact's money is settled by itself", async () => {
  const city = await City.after(withAccepted);
  const renewing = { id: "pact-renewal" };
  const renewal = pact({ ...renewing, renews: id, startsOn: "2026-02-16", endsOn: "2030-02-05" });
  await city.submit(people.coordinator, "pacts:draft", renewal);
  await city.submit(people.giunta, "pacts:approveGiunta", { ...renewing, act: payAct("renewal") });
  const signature = { ...renewing, version: 1, documentHash: renewal.documentHash };
  await city.submit(people.officer, "pacts:sign", { ...signature, party: "comune" });
  await city.submit(people.resident, "pacts:sign", { ...signature, party: "friends" });
  await city.submit(people.coordinator, "pacts:recordInsurance", {
    ...{ ...renewing, documentHash: digest("insurance") },
    validUntil: "2026-12-31",
  });
  await city.submit(people.technician, "pacts:recordSafetyBriefing", {
    ...{ ...renewing, documentHash: digest("briefing") },
    heldOn: "2026-02-16",
  });
  await city.submit(people.officer, "pacts:activate", renewing);
  expect(city.record("pact", id)).toMatchObject({ state: "renewed", endedOn: "2026-02-16" });
  expect(await city.refusal(people.resident, "payments:request", request)).toBe("pact_not_active");
  await city.submit(people.giunta, "funds:allowSettlement", {
    commitment: "commitment-1",
    act: payAct("settlement"),
  });
  await pay(city);
});

test("money that no milestone plans goes back to its line, and can be committed again", async () => {
  const city = await City.after(withActive);
  await city.submit(people.officer, "funds:commit", commitment());
  await city.submit(people.officer, "funds:planMilestones", plan([600_000]));
  const given = { ...release, amountCents: 400_000, act: pactAct("release") };
  await city.submit(people.officer, "funds:release", given);
  expect(city.record("commitment", "commitment-1")).toMatchObject({
    amountCents: 600_000,
    plannedCents: 600_000,
    releases: [{ amountCents: 400_000, reasonDigest, act: pactAct("release"), by: people.officer }],
  });
  expect(city.record("budget_line", "line-2026").committedCents).toBe(600_000);
  expect(city.record("proposal", "garden").committedCents).toBe(600_000);
  const again = commitment({ id: "commitment-2", amountCents: 400_000 });
  await city.submit(people.officer, "funds:commit", again);
  expect(city.record("budget_line", "line-2026").committedCents).toBe(1_000_000);
});

test("what was accepted and never asked for goes back to the line, also after the pact ended", async () => {
  const city = await City.after(withAccepted);
  await city.submit(people.resident, "payments:request", { ...request, amountCents: 500_000 });
  await city.submit(people.officer, "pacts:terminate", reason);
  await city.submit(people.officer, "funds:release", { ...release, milestone: m1, amountCents: 100_000 });
  expect(city.record("milestone", m1)).toMatchObject({ acceptedCents: 500_000, requestedCents: 500_000 });
  expect(city.record("commitment", "commitment-1")).toMatchObject({
    ...{ amountCents: 900_000, plannedCents: 900_000 },
    acceptedCents: 500_000,
  });
  expect(city.record("budget_line", "line-2026")).toMatchObject({
    ...{ committedCents: 900_000, acceptedCents: 500_000 },
  });
});

test("a milestone that nobody needs is cancelled by an act, and its amount planned or released", async () => {
  const city = await City.after(withAccepted);
  await city.submit(people.officer, "milestones:cancel", {
    ...{ id: m2, reasonDigest },
    act: payAct("cancellation"),
  });
  expect(city.record("milestone", m2)).toMatchObject({
    state: "cancelled",
    cancelledBy: payAct("cancellation"),
  });
  expect(city.record("commitment", "commitment-1").plannedCents).toBe(600_000);
  await city.submit(people.officer, "funds:release", { ...release, amountCents: 400_000 });
  expect(city.record("commitment", "commitment-1").amountCents).toBe(600_000);
});

test("evidence of a milestone that came to nothing proves another one", async () => {
  const city = await City.after(withActive);
  await city.submit(people.officer, "funds:commit", commitment());
  await city.submit(people.officer, "funds:planMilestones", plan([600_000, 400_000]));
  const evidence = [digest("photo")];
  await city.submit(people.resident, "milestones:submitEvidence", { id: m1, evidence });
  await city.submit(people.coordinator, "milestones:returnEvidence", { id: m1, reasonDigest });
  await city.submit(people.resident, "milestones:submitEvidence", { id: m1, evidence });
  const other = { id: m2, evidence };
  expect(await city.refusal(people.resident, "milestones:submitEvidence", other)).toBe("evidence_used");
  const cancellation = { id: m1, reasonDigest, act: pactAct("cancellation") };
  await city.submit(people.officer, "milestones:cancel", cancellation);
  await city.submit(people.resident, "milestones:submitEvidence", other);
});

test("a milestone that the district verified is accepted and paid once another organisation has seen it", async () => {
  const city = await City.after(withActive);
  await city.submit(people.officer, "funds:commit", commitment());
  await city.submit(people.officer, "funds:planMilestones", plan([600_000]));
  await city.submit(people.resident, "milestones:submitEvidence", { id: m1, evidence: [digest("photo")] });
  const visit = { id: m1, reportHash: digest("visit") };
  await city.submit(people.district, "milestones:verify", visit);
  await city.submit(people.guarantor, "milestones:countersign", { ...visit, reportHash: digest("again") });
  await city.advanceTo("2026-02-16");
  await city.submit(people.officer, "milestones:accept", { id: m1, acceptedCents: 600_000 });
  expect(city.record("milestone", m1).countersigned).toMatchObject({ by: people.guarantor });
  await pay(city);
});

test("a payment of what an earlier version let one organisation accept waits for another one, and then goes on", async () => {
  const city = await City.after(withAccepted);
  await overwrite(city, "milestone", m1, { verifiedBy: people.district });
  await city.submit(people.resident, "payments:request", request);
  const check = { id: "payment-1" };
  expect(await city.refusal(people.officer, "payments:check", check)).toBe("one_organisation_only");
  await city.submit(people.coordinator, "milestones:countersign", { id: m1, reportHash: digest("again") });
  await city.submit(people.officer, "payments:check", check);
});

test("a request that is refused can be made again, or its amount released", async () => {
  const city = await City.after(withAccepted);
  await city.submit(people.resident, "payments:request", request);
  await city.submit(people.officer, "payments:refuse", { id: "payment-1", reasonDigest });
  expect(city.record("payment", "payment-1")).toMatchObject({
    state: "refused",
    refusal: { reasonDigest, by: people.officer, on: "2026-02-16" },
  });
  expect(city.record("milestone", m1).requestedCents).toBe(0);
  await city.submit(people.resident, "payments:request", { ...request, id: "payment-2" });
});

test("money taken back can be asked for again, or released", async () => {
  const city = await City.after(withAccepted);
  await pay(city);
  await city.submit(people.treasurer, "payments:recover", {
    ...{ id: "payment-1", amountCents: 200_000, reference: "CRO 2", documentHash: digest("taken back") },
  });
  await city.submit(people.officer, "funds:release", { ...release, milestone: m1, amountCents: 150_000 });
  const again = { ...request, id: "payment-2", amountCents: 50_001 };
  expect(await city.refusal(people.resident, "payments:request", again)).toBe("over_accepted");
  await city.submit(people.resident, "payments:request", { ...again, amountCents: 50_000 });
  expect(city.record("budget_line", "line-2026")).toMatchObject({
    ...{ committedCents: 850_000, acceptedCents: 450_000, paidCents: 400_000 },
  });
});

test("whoever replaces a representative signs for the subject from then on, and the one before does not", async () => {
  const city = await City.after(withAccepted);
  await city.submit(people.officer, "subjects:replaceRepresentative", {
    ...{ id: "garden-friends", representative: people.neighbour.person },
    act: pactAct("assembly"),
  });
  expect(city.record("subject", "garden-friends")).toMatchObject({
    representative: people.neighbour.person,
    formerRepresentatives: [people.resident.person],
    representativeAct: pactAct("assembly"),
  });
  expect(await city.refusal(people.resident, "payments:request", request)).toBe("not_representative");
  await city.submit(people.neighbour, "payments:request", request);
});

test("a proposal whose draft nobody signs is abandoned with it, and its commons is free for another", async () => {
  const city = await City.after(withRivalsFinal);
  await city.submit(people.coordinator, "proposals:startCoDesign", { id: "garden" });
  await city.submit(people.coordinator, "proposals:readyForPact", {
    id: "garden",
    documentHash: digest("end"),
  });
  await city.submit(people.coordinator, "pacts:draft", pact());
  await city.submit(people.coordinator, "proposals:abandon", {
    id: "garden",
    reasonDigest,
    act: pactAct("end"),
  });
  expect(city.record("proposal", "garden").state).toBe("abandoned");
  expect(city.record("pact", id).state).toBe("withdrawn");
  const funding = { id: "rival", round: "round-2026", act: pactAct("funding") };
  await city.submit(people.giunta, "proposals:fund", funding);
  expect(city.record("proposal", "rival").state).toBe("funded");
});

test("a project that was selected goes into reserve where a rival has its commons", async () => {
  const city = await City.after(withRivalsFinal);
  const reserve = { id: "rival", round: "round-2026", act: pactAct("reserve") };
  await city.submit(people.giunta, "proposals:reserve", reserve);
  expect(city.record("proposal", "rival").state).toBe("reserve");
});

test("an act allows a higher cost, a further line and another beneficiary, committed by somebody else", async () => {
  const city = await City.after(async (before) => {
    await withDraft(before);
    await before.submit(people.officer, "funds:openLine", line({ id: "line-other" }));
    await before.submit(people.giunta, "proposals:allowBeyond", {
      ...{ id: "garden", costCents: 1_500_000, lines: ["line-other"], beneficiaries: ["garden-friends"] },
      act: pactAct("more"),
    });
    await before.submit(people.giunta, "pacts:approveGiunta", { id, act: pactAct("approval") });
    const signature = { id, version: 1, documentHash: digest("pact v1") };
    await before.submit(people.officer, "pacts:sign", { ...signature, party: "comune" });
    await before.submit(people.resident, "pacts:sign", { ...signature, party: "friends" });
    await before.submit(people.officer, "subjects:recogniseEligibility", {
      ...{ id: "garden-friends", code: "99999990007" },
      act: pactAct("eligibility"),
    });
  });
  await city.submit(
    people.officer,
    "funds:commit",
    commitment({ line: "line-other", amountCents: 1_500_000 }),
  );
  expect(city.record("proposal", "garden")).toMatchObject({
    committedCents: 1_500_000,
    beyond: { costCents: 1_500_000, by: people.giunta },
  });
});

test("a resident corrects their own document, and an office one of its own", async () => {
  const city = await City.after(withCoDesign);
  const document = { kind: "photograph" as const, hash: digest("photo") };
  await city.submit(people.resident, "documents:record", { ...document, id: "mine" });
  await city.submit(people.resident, "documents:record", { ...document, id: "mine-2", corrects: "mine" });
  await city.submit(people.officer, "documents:record", { ...document, id: "office" });
  const colleague = person("second-officer", "responsible_officer", "Comune");
  await city.submit(colleague, "documents:record", { ...document, id: "office-2", corrects: "office" });
  await overwrite(city, "document", "office", { recordedBy: undefined });
  await city.submit(people.officer, "documents:record", { ...document, id: "office-3", corrects: "office" });
  const attempt = { ...document, id: "office-4", corrects: "office" };
  expect(await city.refusal(people.resident, "documents:record", attempt)).toBe("not_yours_to_correct");
});

test("a renewed or returned payment counts its receipt once, and a number of an order once a year", async () => {
  const city = await City.after(withOrdered);
  await city.submit(people.treasurer, "payments:recordReturned", { id: "payment-1", ...outcome });
  await city.submit(people.resident, "payments:request", { ...request, id: "payment-2" });
  await city.submit(people.officer, "payments:check", { id: "payment-2" });
  city.now = Date.parse("2027-06-01T10:00:00Z");
  await city.submit(people.coordinator, "pacts:recordInsurance", {
    ...{ id, documentHash: digest("new policy") },
    validUntil: "2027-12-31",
  });
  await city.advanceTo("2027-02-16");
  const liquidation = { id: "payment-2", act: act("liquidation 2", "determina", "2027-02-16") };
  await city.submit(people.accountant, "payments:liquidate", liquidation);
  const order = (orderNumber: string) => ({ id: "payment-2", orderNumber });
  expect(await city.refusal(people.secondAccountant, "payments:order", order("1234/2026"))).toBe(
    "order_number_used",
  );
  await city.submit(people.secondAccountant, "payments:order", order("1234"));
});

/** Writes a record as an earlier version of the chaincode may have left it. */
async function overwrite(
  city: City,
  type: "milestone" | "document",
  key: string,
  changes: object,
): Promise<void> {
  const simulation = city.state.simulate();
  const record = JSON.parse((await simulation.get([torino, type, key])) ?? "null") as object;
  await simulation.put([torino, type, key], JSON.stringify({ ...record, ...changes }));
  city.state.commit(simulation);
}
