/** What a pact and its money rest on: the state of the proposal, what was voted, the call's lines, the proponent. */
import type { City } from "../city";
import { digest } from "../keys";
import {
  commitment,
  line,
  pact,
  pactAct,
  plan,
  withAccepted,
  withActive,
  withCoDesign,
  withDraft,
} from "../pact-story";
import { people, person } from "../people";
import { rivals, withRivalsFinal } from "../rival-story";
import { type Refusal, refuses } from "./case";

const id = "pact-garden";
const reasonDigest = digest("reason");
const approval = { id, act: pactAct("approval") };
const draftedInCoDesign = async (city: City) => {
  await withCoDesign(city);
  await city.submit(people.coordinator, "pacts:draft", pact());
};
const beyond = { id: "garden", lines: [], beneficiaries: [], act: pactAct("more") };
const neighbours = (city: City) =>
  city.submit(people.neighbour, "subjects:register", {
    id: "neighbours",
    kind: "association",
    digest: digest("neighbours"),
  });
const rival = { id: "rival", round: "round-2026", act: pactAct("funding") };

export const decidedRefusals: Refusal[] = [
  ...(
    [
      [people.district, "pacts:approveDistrict"],
      [people.giunta, "pacts:approveGiunta"],
    ] as const
  ).map(([actor, name]) =>
    refuses(
      "proposal_not_ready",
      `${name} during co-design`,
      { at: draftedInCoDesign },
      actor,
      name,
      approval,
    ),
  ),
  refuses(
    "wrong_state",
    "approving the draft of a proposal that was abandoned",
    {
      at: withDraft,
      before: (city) =>
        city.submit(people.coordinator, "proposals:abandon", {
          id: "garden",
          reasonDigest,
          act: pactAct("end"),
        }),
    },
    people.giunta,
    "pacts:approveGiunta",
    approval,
  ),
  refuses(
    "wrong_state",
    "drafting for a proposal that was abandoned",
    {
      at: withCoDesign,
      before: (city) =>
        city.submit(people.coordinator, "proposals:abandon", {
          id: "garden",
          reasonDigest,
          act: pactAct("end"),
        }),
    },
    people.coordinator,
    "pacts:draft",
    pact(),
  ),
  refuses(
    "wrong_state",
    "abandoning what has an active pact",
    { at: withActive, params: { id, state: "active" } },
    people.coordinator,
    "proposals:abandon",
    { id: "garden", reasonDigest, act: pactAct("end") },
  ),
  refuses(
    "wrong_state",
    "abandoning, while its renewal is drafted, what has an active pact",
    {
      at: withActive,
      before: (city) =>
        city.submit(people.coordinator, "pacts:draft", pact({ id: "pact-renewal", renews: id })),
      params: { id, state: "active" },
    },
    people.coordinator,
    "proposals:abandon",
    { id: "garden", reasonDigest, act: pactAct("end") },
  ),
  refuses(
    "proponent_not_a_party",
    "a pact with a subject that did not propose",
    { at: withCoDesign, before: neighbours },
    people.coordinator,
    "pacts:draft",
    pact({
      parties: [
        { id: "comune", organisation: "Comune" },
        { id: "others", subject: "neighbours" },
      ],
    }),
  ),
  refuses(
    "over_decided",
    "a cent more than was voted",
    { at: withActive, params: { limitCents: 1_000_000 } },
    people.officer,
    "funds:commit",
    commitment({ amountCents: 1_000_001 }),
  ),
  refuses(
    "over_decided",
    "two commitments that add to more than was voted",
    {
      at: withActive,
      before: (city) => city.submit(people.officer, "funds:commit", commitment({ amountCents: 600_000 })),
      params: { limitCents: 400_000 },
    },
    people.officer,
    "funds:commit",
    commitment({ id: "commitment-2", amountCents: 400_001 }),
  ),
  refuses(
    "over_decided",
    "a cent more than the act beyond the vote allows",
    {
      at: withActive,
      before: (city) =>
        city.submit(people.giunta, "proposals:allowBeyond", { ...beyond, costCents: 1_200_000 }),
      params: { limitCents: 1_200_000 },
    },
    people.officer,
    "funds:commit",
    commitment({ amountCents: 1_200_001 }),
  ),
  refuses(
    "line_not_of_call",
    "money from a line outside the call",
    {
      at: withActive,
      before: (city) => city.submit(people.officer, "funds:openLine", line({ id: "line-other" })),
    },
    people.officer,
    "funds:commit",
    commitment({ line: "line-other" }),
  ),
  refuses(
    "fictional_differs",
    "a commitment said to be real, of an invented line",
    { at: withActive },
    people.officer,
    "funds:commit",
    commitment({ fictional: false }),
  ),
  refuses(
    "line_year_over",
    "money of a year that is over",
    {
      at: withActive,
      before: async (city) => {
        await city.submit(people.officer, "funds:openLine", line({ id: "line-2025", year: 2025 }));
        await city.submit(people.giunta, "proposals:allowBeyond", { ...beyond, lines: ["line-2025"] });
      },
      params: { year: 2025 },
    },
    people.officer,
    "funds:commit",
    commitment({ line: "line-2025" }),
  ),
  refuses(
    "not_the_proponent",
    "money for a party that did not propose",
    {
      at: async (city) => {
        await neighbours(city);
        await withDraft(city, { parties: [...pact().parties, { id: "others", subject: "neighbours" }] });
        await city.submit(people.giunta, "pacts:approveGiunta", approval);
        const signature = { id, version: 1, documentHash: digest("pact v1") };
        await city.submit(people.officer, "pacts:sign", { ...signature, party: "comune" });
        await city.submit(people.resident, "pacts:sign", { ...signature, party: "friends" });
        await city.submit(people.neighbour, "pacts:sign", { ...signature, party: "others" });
        const recognition = { id: "neighbours", code: "99999990007", act: pactAct("eligibility") };
        await city.submit(people.officer, "subjects:recogniseEligibility", recognition);
      },
    },
    people.officer,
    "funds:commit",
    commitment({ beneficiary: "neighbours", payee: "neighbours" }),
  ),
  refuses(
    "not_the_proponent",
    "a contribution that is paid to another body than the one that was voted",
    {
      at: withActive,
      before: async (city) => {
        await neighbours(city);
        const recognition = { id: "neighbours", code: "99999990007", act: pactAct("eligibility") };
        await city.submit(people.officer, "subjects:recogniseEligibility", recognition);
      },
    },
    people.officer,
    "funds:commit",
    commitment({ payee: "neighbours" }),
  ),
  refuses(
    "body_code_missing",
    "goods of a body whose grants nobody could add up",
    { at: withActive, before: neighbours },
    people.officer,
    "funds:commit",
    commitment({ payee: "neighbours", type: "goods", cig: "Z123456789", grantAct: undefined }),
  ),
  refuses(
    "same_person",
    "asking for money by who verified the work before representing who did it",
    {
      at: withAccepted,
      before: (city) =>
        city.submit(people.officer, "subjects:replaceRepresentative", {
          ...{ id: "garden-friends", representative: people.coordinator.person },
          act: pactAct("assembly"),
        }),
    },
    person(people.coordinator.person, "resident", "Case"),
    "payments:request",
    { id: "payment-1", milestone: "commitment-1-m1", amountCents: 1 },
  ),
  refuses(
    "invalid_input",
    "an act that allows nothing",
    { at: withCoDesign, params: { path: "costCents" } },
    people.giunta,
    "proposals:allowBeyond",
    beyond,
  ),
  refuses(
    "not_found",
    "an act that allows a line nobody opened",
    { at: withCoDesign },
    people.giunta,
    "proposals:allowBeyond",
    { ...beyond, lines: ["line-nowhere"] },
  ),
  refuses(
    "commons_taken",
    "funding two rivals for one commons",
    { at: withRivalsFinal, params: { commons: "commons-garden", proposal: "garden" } },
    people.giunta,
    "proposals:fund",
    rival,
  ),
  refuses(
    "commons_taken",
    "a new pact for a commons that another proposal was given meanwhile",
    {
      at: async (city) => {
        await withRivalsFinal(city);
        await rivals.terminate(city);
        await city.submit(people.giunta, "proposals:fund", rival);
      },
      params: { commons: "commons-garden", proposal: "rival" },
    },
    people.coordinator,
    "pacts:draft",
    pact({ id: "pact-again" }),
  ),
  ...(
    [
      ["suspended", people.officer, "pacts:suspend", { id, reasonDigest }],
      ["ended early", people.officer, "pacts:terminate", { id, reasonDigest }],
    ] as const
  ).map(([state, actor, name, input]) =>
    refuses(
      "pact_not_active",
      `accepting work under a pact that is ${state}`,
      {
        at: withAccepted,
        before: async (city) => {
          const m2 = "commitment-1-m2";
          await city.submit(people.resident, "milestones:submitEvidence", {
            id: m2,
            evidence: [digest("photo 2")],
          });
          await city.submit(people.coordinator, "milestones:verify", { id: m2, reportHash: digest("2") });
          await city.advanceTo("2026-03-01");
          await city.submit(actor, name, input);
        },
      },
      people.officer,
      "milestones:accept",
      { id: "commitment-1-m2", acceptedCents: 400_000 },
    ),
  ),
  refuses(
    "wrong_state",
    "milestones for a pact that ended",
    {
      at: withActive,
      before: async (city) => {
        await city.submit(people.officer, "funds:commit", commitment());
        await city.submit(people.officer, "pacts:terminate", { id, reasonDigest });
      },
    },
    people.coordinator,
    "funds:planMilestones",
    plan([100]),
  ),
];
