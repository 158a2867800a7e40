/** No date before the step it follows, no act before what it decides about, no term that is waited for. */
import type { City } from "../city";
import { act, registration } from "../founding-inputs";
import { digest } from "../keys";
import {
  commitment,
  friendsCode,
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
} from "../pact-story";
import { people } from "../people";
import { withFinal } from "../story";
import { founded, type Refusal, refuses } from "./case";

const id = "pact-garden";
const reasonDigest = digest("reason");
const early = (number: string) => act(number, "delibera", "2026-02-05");
const m1 = "commitment-1-m1";
const outcome = { id: "payment-1", reference: "CRO 1", documentHash: digest("receipt") };
const committed = async (city: City) => {
  await withActive(city);
  await city.submit(people.officer, "funds:commit", commitment());
};
const insure = (validUntil: string) => (city: City) =>
  city.submit(people.coordinator, "pacts:recordInsurance", { id, documentHash: digest("new"), validUntil });
const requested = (city: City) =>
  city.submit(people.resident, "payments:request", {
    ...{ id: "payment-1", milestone: m1 },
    amountCents: 600_000,
  });
const checked = async (city: City) => {
  await requested(city);
  await city.submit(people.officer, "payments:check", { id: "payment-1" });
};
/** Past the pact's term, insured all the while; nobody said that it expired. */
const pastTerm = async (city: City) => {
  await insure("2030-12-31")(city);
  city.now = Date.parse("2029-06-01T10:00:00Z");
  await city.advanceTo("2029-02-06");
};
const pastInsurance = async (city: City) => {
  city.now = Date.parse("2027-06-01T10:00:00Z");
  await city.advanceTo("2027-01-01");
};

export const dateRefusals: Refusal[] = [
  ...(["payments:recordPaid", "payments:recordReturned"] as const).map((name) =>
    refuses(
      "before_its_step",
      `${name} before the order`,
      { at: withOrdered, params: { day: "2026-02-16" } },
      people.treasurer,
      name,
      { ...outcome, on: "2026-02-15" },
    ),
  ),
  refuses(
    "day_in_future",
    "an outcome of a day that the chain has not come to, whatever the clock says",
    { at: withOrdered, params: { day: "2026-02-17" } },
    people.treasurer,
    "payments:recordPaid",
    { ...outcome, on: "2026-02-17" },
  ),
  refuses(
    "day_in_future",
    "an act of a day that the chain has not come to",
    { at: withActive, params: { day: "2026-02-07" } },
    people.officer,
    "funds:commit",
    commitment({ act: act("x", "determina", "2026-02-07") }),
  ),
  refuses(
    "day_in_future",
    "a grant decision of a day that the chain has not come to",
    { at: withActive, params: { day: "2026-02-07" } },
    people.officer,
    "funds:commit",
    commitment({ grantAct: act("x", "determina", "2026-02-07") }),
  ),
  refuses(
    "before_its_step",
    "an act of 1899",
    { at: founded, params: { day: "2000-01-01" } },
    people.administrator,
    "municipality:proposeSettings",
    { settings: registration().settings, act: act("x", "delibera", "1899-12-31") },
  ),
  refuses(
    "before_its_step",
    "settings changed by an act older than the last one",
    {
      at: founded,
      before: async (city) => {
        await city.advanceTo("2026-02-06");
        const change = { settings: registration().settings, act: pactAct("settings") };
        await city.submit(people.administrator, "municipality:proposeSettings", change);
        const { settings } = change;
        await city.submit(people.guarantor, "municipality:confirmSettings", { settings });
      },
      params: { day: "2026-02-06" },
    },
    people.administrator,
    "municipality:proposeSettings",
    { settings: registration().settings, act: early("x") },
  ),
  refuses(
    "before_its_step",
    "a budget changed by an act older than the one that opened the line",
    { at: withActive, params: { day: "2026-01-01" } },
    people.officer,
    "funds:changeBudget",
    { id: "line-2026", budgetCents: 6_000_000, act: act("x", "delibera", "2025-12-31") },
  ),
  refuses(
    "before_its_step",
    "funding by an act older than the result",
    { at: (city) => withFinal(city, ["garden"]), params: { day: "2026-02-06" } },
    people.giunta,
    "proposals:fund",
    { id: "garden", round: "round-2026", act: early("x") },
  ),
  refuses(
    "before_its_step",
    "a reserve by an act older than the result",
    { at: (city) => withFinal(city, ["garden", "library"]), params: { day: "2026-02-06" } },
    people.giunta,
    "proposals:reserve",
    { id: "library", round: "round-2026", act: early("x") },
  ),
  refuses(
    "before_its_step",
    "allowing more by an act older than the funding",
    { at: withCoDesign, params: { day: "2026-02-06" } },
    people.giunta,
    "proposals:allowBeyond",
    { ...{ id: "garden", lines: [], beneficiaries: [], costCents: 2_000_000 }, act: early("x") },
  ),
  ...(
    [
      [people.district, "pacts:approveDistrict"],
      [people.giunta, "pacts:approveGiunta"],
    ] as const
  ).map(([actor, name]) =>
    refuses(
      "before_its_step",
      `${name} by an act older than the version`,
      { at: withDraft, params: { day: "2026-02-06" } },
      actor,
      name,
      { id, act: early("x") },
    ),
  ),
  refuses(
    "before_its_step",
    "a note of the Giunta older than the district's act",
    {
      at: withDraft,
      before: async (city) => {
        await city.advanceTo("2026-02-08");
        await city.submit(people.district, "pacts:approveDistrict", {
          id,
          act: act("district", "delibera", "2026-02-08"),
        });
      },
      params: { day: "2026-02-08" },
    },
    people.giunta,
    "pacts:noteGiunta",
    { id, act: act("x", "delibera", "2026-02-07") },
  ),
  refuses(
    "before_its_step",
    "giving a pact up by an act older than its version",
    { at: withSigned, params: { day: "2026-02-06" } },
    people.officer,
    "pacts:withdraw",
    { id, reasonDigest, act: early("x") },
  ),
  refuses(
    "before_its_step",
    "a commitment by an act older than the last signature",
    { at: withActive, params: { day: "2026-02-06" } },
    people.officer,
    "funds:commit",
    commitment({ act: early("x") }),
  ),
  refuses(
    "before_its_step",
    "a grant decided before the pact was signed",
    { at: withActive, params: { day: "2026-02-06" } },
    people.officer,
    "funds:commit",
    commitment({ grantAct: early("x") }),
  ),
  refuses(
    "before_its_step",
    "a release by an act older than the commitment",
    { at: committed, params: { day: "2026-02-06" } },
    people.officer,
    "funds:release",
    { commitment: "commitment-1", amountCents: 1, reasonDigest, act: early("x") },
  ),
  refuses(
    "before_its_step",
    "cancelling a milestone by an act older than the commitment",
    {
      at: committed,
      before: (city) => city.submit(people.officer, "funds:planMilestones", plan([600_000])),
      params: { day: "2026-02-06" },
    },
    people.officer,
    "milestones:cancel",
    { id: m1, reasonDigest, act: early("x") },
  ),
  refuses(
    "before_its_step",
    "a settlement by an act older than the pact's end",
    {
      at: withAccepted,
      before: (city) => city.submit(people.officer, "pacts:terminate", { id, reasonDigest }),
      params: { day: "2026-02-16" },
    },
    people.giunta,
    "funds:allowSettlement",
    { commitment: "commitment-1", act: pactAct("x") },
  ),
  refuses(
    "before_its_step",
    "a liquidation by an act older than the check",
    { at: withAccepted, before: checked, params: { day: "2026-02-16" } },
    people.accountant,
    "payments:liquidate",
    { id: "payment-1", act: act("x", "determina", "2026-02-15") },
  ),
  refuses(
    "before_its_step",
    "another representative by an act older than the subject",
    { at: withActive, params: { day: "2026-01-01" } },
    people.officer,
    "subjects:replaceRepresentative",
    {
      ...{ id: "garden-friends", representative: "somebody-else" },
      act: act("x", "delibera", "2025-12-31"),
    },
  ),
  refuses(
    "before_its_step",
    "a recognition by an act of 1899",
    { at: withActive, params: { day: "2000-01-01" } },
    people.officer,
    "subjects:recogniseEligibility",
    { id: "garden-friends", code: friendsCode, act: act("x", "delibera", "1899-12-31") },
  ),
  refuses(
    "before_its_step",
    "a briefing held before the proposal was made",
    { at: withSigned, params: { day: "2026-01-01" } },
    people.technician,
    "pacts:recordSafetyBriefing",
    { id, documentHash: digest("x"), heldOn: "2025-12-31" },
  ),
  refuses(
    "day_in_future",
    "a briefing of a day that the chain has not come to",
    { at: withSigned, params: { day: "2026-02-07" } },
    people.technician,
    "pacts:recordSafetyBriefing",
    { id, documentHash: digest("x"), heldOn: "2026-02-07" },
  ),
  refuses(
    "insurance_expired",
    "recording an insurance that is over",
    { at: withSigned, params: { day: "2026-02-05" } },
    people.coordinator,
    "pacts:recordInsurance",
    { id, documentHash: digest("x"), validUntil: "2026-02-05" },
  ),
  refuses(
    "dates_out_of_order",
    "a pact that began yesterday",
    { at: withCoDesign },
    people.coordinator,
    "pacts:draft",
    pact({ startsOn: "2026-02-05" }),
  ),
  refuses(
    "dates_out_of_order",
    "a milestone due after the pact's last day",
    { at: committed },
    people.officer,
    "funds:planMilestones",
    {
      ...plan([]),
      milestones: [{ id: "too-late", dueOn: "2029-02-06", amountCents: 1, digest: digest("m") }],
    },
  ),
  refuses(
    "dates_out_of_order",
    "a report due yesterday",
    { at: committed, before: (city) => city.advanceTo("2026-02-10") },
    people.officer,
    "funds:planMilestones",
    { ...plan([]), reports: [{ id: "report-1", kind: "annual", dueOn: "2026-02-09" }] },
  ),
  ...(
    [
      [people.resident, "payments:request", { id: "payment-1", milestone: m1, amountCents: 1 }],
      [people.resident, "milestones:submitEvidence", { id: "commitment-1-m2", evidence: [digest("2")] }],
      [people.officer, "funds:commit", commitment({ id: "commitment-2", amountCents: 1 })],
      [people.officer, "funds:planMilestones", plan([])],
    ] as const
  ).map(([actor, name, input]) =>
    refuses(
      "pact_term_over",
      `${name} after the pact's term, while nobody says that it expired`,
      { at: withAccepted, before: pastTerm, params: { day: "2029-02-05" } },
      actor,
      name,
      (name === "funds:planMilestones"
        ? { ...plan([]), reports: [{ id: "report-1", kind: "final", dueOn: "2029-05-01" }] }
        : input) as never,
    ),
  ),
  refuses(
    "pact_term_over",
    "checking a request after the pact's term",
    {
      at: withAccepted,
      before: async (city) => {
        await requested(city);
        await pastTerm(city);
      },
    },
    people.officer,
    "payments:check",
    { id: "payment-1" },
  ),
  refuses(
    "pact_term_over",
    "activating after the pact's term",
    { at: withSigned, before: briefedPastTerm, params: { day: "2029-02-05" } },
    people.officer,
    "pacts:activate",
    { id },
  ),
  refuses(
    "insurance_expired",
    "asking for payment once the insurance is over",
    { at: withAccepted, before: pastInsurance, params: { day: "2026-12-31" } },
    people.resident,
    "payments:request",
    { id: "payment-1", milestone: m1, amountCents: 1 },
  ),
  refuses(
    "challenge_window_open",
    "accepting sooner by settings that were changed after the verification",
    {
      at: committed,
      before: async (city) => {
        await city.submit(people.officer, "funds:planMilestones", plan([600_000]));
        await city.submit(people.resident, "milestones:submitEvidence", {
          id: m1,
          evidence: [digest("photo")],
        });
        await city.submit(people.coordinator, "milestones:verify", { id: m1, reportHash: digest("visit") });
        const settings = { ...registration().settings, challengeDays: 0 };
        const proposed = { settings, act: pactAct("settings") };
        await city.submit(people.administrator, "municipality:proposeSettings", proposed);
        await city.submit(people.guarantor, "municipality:confirmSettings", { settings });
      },
      params: { day: "2026-02-16" },
    },
    people.officer,
    "milestones:accept",
    { id: m1, acceptedCents: 600_000 },
  ),
  refuses(
    "grant_not_published",
    "ordering unpublished by settings that were changed after the commitment",
    {
      at: withAccepted,
      before: async (city) => {
        await checked(city);
        const liquidation = { id: "payment-1", act: payAct("liquidation") };
        await city.submit(people.accountant, "payments:liquidate", liquidation);
        const settings = { ...registration().settings, publishGrantsAboveCents: 100_000_000 };
        const proposed = { settings, act: payAct("settings") };
        await city.submit(people.administrator, "municipality:proposeSettings", proposed);
        await city.submit(people.guarantor, "municipality:confirmSettings", { settings });
      },
    },
    people.secondAccountant,
    "payments:order",
    { id: "payment-1", orderNumber: "1" },
  ),
];

async function briefedPastTerm(city: City): Promise<void> {
  await city.submit(people.technician, "pacts:recordSafetyBriefing", {
    ...{ id, documentHash: digest("briefing") },
    heldOn: "2026-02-05",
  });
  await pastTerm(city);
}
