/** The way of one commons from a final vote to payments, in steps a test can stop after. */
import type { Input, Teller } from "./city";
import { act } from "./founding-inputs";
import { digest } from "./keys";
import { people } from "./people";
import { withFinal } from "./story";

export { line } from "./story";

/** An act of the day on which the story funds, approves, signs and commits. */
export const pactAct = (number: string) => act(number, "delibera", "2026-02-06");
/** An act of the day on which the story pays. */
export const payAct = (number: string) => act(number, "determina", "2026-02-16");

type Final = (city: Teller, ids: string[]) => Promise<void>;

/**
 * The first proposal in co-design.
 * @param final tells the vote
 */
export async function withCoDesign(
  city: Teller,
  ids: string[] = ["garden"],
  final: Final = withFinal,
): Promise<void> {
  await final(city, ids);
  const id = ids[0] ?? "";
  await city.submit(people.giunta, "proposals:fund", {
    id,
    round: "round-2026",
    act: pactAct("funding"),
  });
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

/** Co-design ended, and a pact drafted. */
export async function withDraft(
  city: Teller,
  changes: Partial<Input<"pacts:draft">> = {},
  ids?: string[],
  final?: Final,
): Promise<void> {
  await withCoDesign(city, ids, final);
  await city.submit(people.coordinator, "proposals:readyForPact", {
    id: "garden",
    documentHash: digest("co-design"),
  });
  await city.submit(people.coordinator, "pacts:draft", pact(changes));
}

/** A pact signed by both parties. */
export async function withSigned(city: Teller, ids?: string[], final?: Final): Promise<void> {
  await withDraft(city, {}, ids, final);
  await city.submit(people.giunta, "pacts:approveGiunta", {
    id: "pact-garden",
    act: pactAct("pact"),
  });
  const signature = { id: "pact-garden", version: 1, documentHash: digest("pact v1") };
  await city.submit(people.officer, "pacts:sign", { ...signature, party: "comune" });
  await city.submit(people.resident, "pacts:sign", { ...signature, party: "friends" });
}

/** Tax code of the friends of the garden: invented, with a right check digit. */
export const friendsCode = "99999990007";

/** An active pact, an investment line of EUR 50,000 and a recognised beneficiary. */
export async function withActive(city: Teller, ids?: string[], final?: Final): Promise<void> {
  await withSigned(city, ids, final);
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
  await city.submit(people.officer, "subjects:recogniseEligibility", {
    id: "garden-friends",
    code: friendsCode,
    act: act("eligibility"),
  });
}

/** The same pact renewed: the pact that follows it is signed, insured, briefed and active. */
export async function withRenewed(city: Teller): Promise<void> {
  await withActive(city);
  const { id, documentHash } = pact({ id: "pact-renewal" });
  await city.submit(
    people.coordinator,
    "pacts:draft",
    pact({ id, renews: "pact-garden", endsOn: "2030-02-05" }),
  );
  await city.submit(people.giunta, "pacts:approveGiunta", { id, act: pactAct("renewal") });
  const signature = { id, version: 1, documentHash };
  await city.submit(people.officer, "pacts:sign", { ...signature, party: "comune" });
  await city.submit(people.resident, "pacts:sign", { ...signature, party: "friends" });
  const insurance = { documentHash: digest("insurance"), validUntil: "2026-12-31" };
  await city.submit(people.coordinator, "pacts:recordInsurance", { id, ...insurance });
  const briefing = { documentHash: digest("briefing"), heldOn: "2026-02-05" };
  await city.submit(people.technician, "pacts:recordSafetyBriefing", { id, ...briefing });
  await city.submit(people.officer, "pacts:activate", { id });
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
    act: pactAct("commitment"),
    grantAct: pactAct("grant"),
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

/** A payment of the first milestone, liquidated, of a grant that is published. */
export async function withLiquidated(city: Teller): Promise<void> {
  await withAccepted(city);
  const id = "payment-1";
  await city.submit(people.resident, "payments:request", {
    id,
    milestone: "commitment-1-m1",
    amountCents: 600_000,
  });
  await city.submit(people.officer, "payments:check", { id });
  await city.submit(people.accountant, "payments:liquidate", { id, act: payAct("liquidation") });
  await city.submit(people.officer, "funds:publishGrant", {
    commitment: "commitment-1",
    digest: digest("row"),
  });
}

/** A payment of the first milestone, ordered. */
export async function withOrdered(city: Teller): Promise<void> {
  await withLiquidated(city);
  await city.submit(people.secondAccountant, "payments:order", {
    id: "payment-1",
    orderNumber: "1234/2026",
  });
}
