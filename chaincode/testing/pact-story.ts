/** The way of one commons from a final vote to payments, in steps a test can stop after. */
import { act, type Input, type Teller } from "./city";
import { digest } from "./keys";
import { people } from "./people";
import { withFinal } from "./story";

/** The first proposal in co-design. */
export async function withCoDesign(city: Teller, ids: string[] = ["garden"]): Promise<void> {
  await withFinal(city, ids);
  const id = ids[0] ?? "";
  await city.submit(people.giunta, "proposals:fund", { id, round: "round-2026", act: act("funding") });
  await city.submit(people.coordinator, "proposals:startCoDesign", { id });
}

export function pact(changes: Partial<Input<"pacts:draft">> = {}): Input<"pacts:draft"> {
  return {
    id: "pact-garden",
    proposal: "garden",
    form: "ordinary",
    documentHash: digest("pact v1"),
    parties: [
      { id: "comune", organisation: "Comune" },
      { id: "friends", subject: "garden-friends" },
    ],
    startsOn: "2026-02-06",
    endsOn: "2029-02-05",
    ...changes,
  };
}

/** A pact signed by both parties. */
export async function withSigned(city: Teller): Promise<void> {
  await withCoDesign(city);
  await city.submit(people.coordinator, "pacts:draft", pact());
  await city.submit(people.giunta, "pacts:approveGiunta", {
    id: "pact-garden",
    act: act("pact", "delibera"),
  });
  const signature = { id: "pact-garden", version: 1, documentHash: digest("pact v1") };
  await city.submit(people.officer, "pacts:sign", { ...signature, party: "comune" });
  await city.submit(people.resident, "pacts:sign", { ...signature, party: "friends" });
}

/** An active pact, an investment line of EUR 50,000 and a recognised beneficiary. */
export async function withActive(city: Teller): Promise<void> {
  await withSigned(city);
  const id = "pact-garden";
  await city.submit(people.coordinator, "pacts:recordInsurance", {
    id,
    documentHash: digest("insurance"),
    validUntil: "2026-12-31",
  });
  await city.submit(people.technician, "pacts:recordSafetyBriefing", {
    id,
    documentHash: digest("briefing"),
    heldOn: "2026-02-05",
  });
  await city.submit(people.officer, "pacts:activate", { id });
  await city.submit(people.officer, "funds:openLine", line());
  await city.submit(people.officer, "subjects:recogniseEligibility", {
    id: "garden-friends",
    act: act("eligibility"),
  });
}

export function line(changes: Partial<Input<"funds:openLine">> = {}): Input<"funds:openLine"> {
  return {
    id: "line-2026",
    fund: "Fondo di prova",
    name: "Beni comuni",
    year: 2026,
    kind: "investment",
    budgetCents: 5_000_000,
    act: act("line"),
    fictional: true,
    ...changes,
  };
}

export function commitment(changes: Partial<Input<"funds:commit">> = {}): Input<"funds:commit"> {
  return {
    id: "commitment-1",
    line: "line-2026",
    pact: "pact-garden",
    beneficiary: "garden-friends",
    payee: "garden-friends",
    type: "contribution",
    amountCents: 1_000_000,
    cup: "C11B26000000001",
    act: act("commitment"),
    grantAct: act("grant"),
    fictional: true,
    ...changes,
  };
}

export function plan(amounts: number[], commitmentId = "commitment-1"): Input<"funds:planMilestones"> {
  return {
    commitment: commitmentId,
    milestones: amounts.map((amountCents, index) => ({
      id: `${commitmentId}-m${index + 1}`,
      dueOn: "2026-05-01",
      amountCents,
      digest: digest(`milestone ${index + 1}`),
    })),
    reports: [],
  };
}

/** A commitment of EUR 10,000 with milestones of 6,000 and 4,000, the first accepted whole. */
export async function withAccepted(city: Teller): Promise<void> {
  await withActive(city);
  await city.submit(people.officer, "funds:commit", commitment());
  await city.submit(people.officer, "funds:planMilestones", plan([600_000, 400_000]));
  const id = "commitment-1-m1";
  await city.submit(people.resident, "milestones:submitEvidence", { id, evidence: [digest("photo")] });
  await city.submit(people.coordinator, "milestones:verify", { id, reportHash: digest("visit") });
  await city.advanceTo("2026-02-16");
  await city.submit(people.officer, "milestones:accept", { id, acceptedCents: 600_000 });
}

/** A payment of the first milestone, ordered. */
export async function withOrdered(city: Teller): Promise<void> {
  await withAccepted(city);
  const id = "payment-1";
  await city.submit(people.resident, "payments:request", {
    id,
    milestone: "commitment-1-m1",
    amountCents: 600_000,
  });
  await city.submit(people.officer, "payments:check", { id });
  await city.submit(people.officer, "payments:liquidate", { id, act: act("liquidation") });
  await city.submit(people.officer, "funds:publishGrant", {
    commitment: "commitment-1",
    digest: digest("row"),
  });
  await city.submit(people.officer, "payments:order", { id, orderNumber: "1234/2026" });
}
