/** Rule 5 and conflicts of interest: what each step on a pact and its money asks of the person who takes it. */
import type { Actor, Role } from "../../../protocol/primitives";
import type { TransactionName } from "../../../protocol/transactions";
import type { City, Input, Teller } from "../city";
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
import { people, person } from "../people";
import { withFinal } from "../story";
import { afterTheTurn, carrying, withYearOver } from "../year-story";
import { type Refusal, refuses } from "./case";

type Stage = (city: City) => Promise<unknown>;

const thirdAssessor = person("third-assessor", "assessor", "Comune");
const m1 = "commitment-1-m1";
const payment = { id: "payment-1" };
const reasonDigest = digest("reason");
const reason = { id: "pact-garden", reasonDigest };
const end = { id: "garden", reasonDigest, act: pactAct("end") };
const approval = { id: "pact-garden", act: pactAct("approval") };
const { documentHash, parties, startsOn, endsOn } = pact();
const signature = { id: "pact-garden", party: "comune", version: 1, documentHash };
const visit = { id: m1, reportHash: digest("visit") };
const outcome = { ...payment, reference: "CRO 1", on: "2026-02-16", documentHash: digest("receipt") };

const then =
  (first: Stage, ...rest: Stage[]): ((city: City) => Promise<void>) =>
  async (city) => {
    for (const step of [first, ...rest]) await step(city);
  };
const drafted: Stage = (city) => withDraft(city);
const districtApproved = then(drafted, (city) =>
  city.submit(people.district, "pacts:approveDistrict", approval),
);
const approved = then(drafted, (city) => city.submit(people.giunta, "pacts:approveGiunta", approval));
const suspended = then(withActive, (city) => city.submit(people.officer, "pacts:suspend", reason));
const committed = then(withActive, (city) => city.submit(people.officer, "funds:commit", commitment()));
const planned = then(committed, (city) =>
  city.submit(people.officer, "funds:planMilestones", plan([600_000, 400_000])),
);
const given = then(planned, (city) =>
  city.submit(people.resident, "milestones:submitEvidence", { id: m1, evidence: [digest("photo")] }),
);
const verifiedBy = (actor: Actor) =>
  then(given, async (city) => {
    await city.submit(actor, "milestones:verify", visit);
    await city.advanceTo("2026-02-16");
  });
const objectedTo = then(verifiedBy(people.coordinator), (city) =>
  city.submit(people.neighbour, "milestones:object", {
    ...{ id: "objection-1", milestone: m1, digest: digest("why") },
  }),
);
const request = { ...payment, milestone: m1, amountCents: 600_000 };
const requested = then(withAccepted, (city) => city.submit(people.resident, "payments:request", request));
const checked = then(requested, (city) => city.submit(people.officer, "payments:check", payment));
const liquidated = then(checked, (city) =>
  city.submit(people.accountant, "payments:liquidate", { ...payment, act: payAct("liquidation") }),
);
const paid = then(withOrdered, (city) => city.submit(people.treasurer, "payments:recordPaid", outcome));
const terminated = then(withAccepted, (city) => city.submit(people.officer, "pacts:terminate", reason));

const organisationOf = (role: Role) =>
  role === "coordinator" ? "Case" : role === "guarantor" ? "Garanti" : "Comune";
/** The person who represents the proponent, in an office. */
const represents = (role: Role) => person(people.resident.person, role, organisationOf(role));

/** Each step of an office on the proposal, pact and money of a subject, tried by who represents it. */
const steps: { [T in TransactionName]?: { role: Role; at: Stage; input: Input<T> } } = {
  "proposals:fund": {
    role: "giunta",
    at: (city) => withFinal(city, ["garden"]),
    input: { id: "garden", round: "round-2026", act: pactAct("funding") },
  },
  "proposals:reserve": {
    role: "giunta",
    at: (city) => withFinal(city, ["garden"]),
    input: { id: "garden", round: "round-2026", act: pactAct("reserve") },
  },
  "proposals:allowBeyond": {
    role: "giunta",
    at: withCoDesign,
    input: { id: "garden", costCents: 2_000_000, lines: [], beneficiaries: [], act: pactAct("more") },
  },
  "proposals:readyForPact": {
    role: "coordinator",
    at: withCoDesign,
    input: { id: "garden", documentHash: digest("end") },
  },
  "proposals:abandon": { role: "coordinator", at: withCoDesign, input: end },
  "pacts:draft": { role: "coordinator", at: withCoDesign, input: pact() },
  "pacts:revise": {
    role: "coordinator",
    at: drafted,
    input: { id: "pact-garden", documentHash: digest("v2"), parties, startsOn, endsOn },
  },
  "pacts:approveDistrict": { role: "district_council", at: drafted, input: approval },
  "pacts:noteGiunta": { role: "giunta", at: districtApproved, input: approval },
  "pacts:approveGiunta": { role: "giunta", at: drafted, input: approval },
  "pacts:sign": { role: "responsible_officer", at: approved, input: signature },
  "pacts:recordInsurance": {
    role: "coordinator",
    at: withSigned,
    input: { id: "pact-garden", documentHash: digest("policy"), validUntil: "2026-12-31" },
  },
  "pacts:recordSafetyBriefing": {
    role: "technical_office",
    at: withSigned,
    input: { id: "pact-garden", documentHash: digest("briefing"), heldOn: "2026-02-05" },
  },
  "pacts:activate": { role: "responsible_officer", at: withSigned, input: { id: "pact-garden" } },
  "pacts:suspend": { role: "responsible_officer", at: withActive, input: reason },
  "pacts:resume": { role: "responsible_officer", at: suspended, input: reason },
  "pacts:terminate": { role: "responsible_officer", at: withActive, input: reason },
  "pacts:withdraw": {
    role: "responsible_officer",
    at: withSigned,
    input: { ...reason, act: pactAct("withdrawal") },
  },
  "funds:commit": { role: "responsible_officer", at: withActive, input: commitment() },
  "funds:planMilestones": { role: "coordinator", at: committed, input: plan([600_000]) },
  "funds:publishGrant": {
    role: "responsible_officer",
    at: committed,
    input: { commitment: "commitment-1", digest: digest("row") },
  },
  "funds:release": {
    role: "responsible_officer",
    at: committed,
    input: { commitment: "commitment-1", amountCents: 1, reasonDigest, act: pactAct("release") },
  },
  "funds:carryOver": { role: "accountant", at: withYearOver, input: carrying() },
  "funds:allowSettlement": {
    role: "giunta",
    at: terminated,
    input: { commitment: "commitment-1", act: payAct("settlement") },
  },
  "milestones:cancel": {
    role: "responsible_officer",
    at: planned,
    input: { id: m1, reasonDigest, act: pactAct("cancel") },
  },
  "subjects:replaceRepresentative": {
    role: "responsible_officer",
    at: withActive,
    input: { id: "garden-friends", representative: "somebody-else", act: pactAct("new") },
  },
  "subjects:recogniseEligibility": {
    role: "responsible_officer",
    at: withSigned,
    input: { id: "garden-friends", code: friendsCode, act: pactAct("eligibility") },
  },
};

const byRepresentative = Object.entries(steps).map(([name, { role, at, input }]) =>
  refuses(
    name.startsWith("subjects:") ? "conflict_of_interest" : "own_proposal",
    `${name} by the representative of the proponent`,
    {
      at: async (city) => void (await at(city)),
      before: async (city) => {
        city.now = afterTheTurn;
      },
    },
    represents(role),
    name as TransactionName,
    input as never,
  ),
);

/** Steps on work and payments, where whoever submitted is told so first: tried by somebody who declared to belong to the subject. */
const member = (role: Role) => person("a-member", role, organisationOf(role));
const declared: [TransactionName, Role, Stage, object][] = [
  ["milestones:verify", "coordinator", given, visit],
  ["milestones:returnEvidence", "coordinator", given, { id: m1, reasonDigest }],
  ["milestones:countersign", "guarantor", verifiedBy(people.coordinator), visit],
  [
    "milestones:accept",
    "responsible_officer",
    verifiedBy(people.coordinator),
    { id: m1, acceptedCents: 600_000 },
  ],
  [
    "milestones:decideObjection",
    "guarantor",
    objectedTo,
    { id: m1, objection: "objection-1", upheld: true, digest: digest("decision") },
  ],
  ["milestones:reject", "responsible_officer", verifiedBy(people.coordinator), { id: m1, reasonDigest }],
  ["payments:check", "responsible_officer", requested, payment],
  ["payments:reduce", "responsible_officer", requested, { ...payment, amountCents: 1, reasonDigest }],
  ["payments:refuse", "responsible_officer", requested, { ...payment, reasonDigest }],
  ["payments:liquidate", "accountant", checked, { ...payment, act: payAct("liquidation") }],
  ["payments:order", "accountant", liquidated, { ...payment, orderNumber: "1" }],
  ["payments:recordPaid", "treasurer", withOrdered, outcome],
  ["payments:recordReturned", "treasurer", withOrdered, outcome],
  [
    "payments:recover",
    "treasurer",
    paid,
    { ...payment, amountCents: 1, reference: "R 1", documentHash: digest("r") },
  ],
  ["proposals:startCoDesign", "coordinator", withFunded, { id: "garden" }],
  ["funds:commit", "responsible_officer", withActive, commitment()],
];

const byMember = declared.map(([name, role, at, input]) =>
  refuses(
    "conflict_of_interest",
    `${name} by somebody who declared to belong to the proponent`,
    {
      at: async (city) => void (await at(city)),
      before: (city) => city.submit(member(role), "subjects:declareInterest", { id: "garden-friends" }),
    },
    member(role),
    name,
    input as never,
  ),
);

async function withFunded(city: City): Promise<void> {
  await withFinal(city, ["garden"]);
  const funding = { id: "garden", round: "round-2026", act: pactAct("funding") };
  await city.submit(people.giunta, "proposals:fund", funding);
}

const builders = (city: City) =>
  city.submit(people.officer, "subjects:registerPayee", {
    id: "builders",
    kind: "company",
    digest: digest("builders"),
  });

export const interestRefusals: Refusal[] = [
  ...byRepresentative,
  ...byMember,
  refuses(
    "conflict_of_interest",
    "committing money to a supplier one belongs to",
    {
      at: withActive,
      before: async (city) => {
        await builders(city);
        await city.submit(people.officer, "subjects:declareInterest", { id: "builders" });
      },
    },
    people.officer,
    "funds:commit",
    commitment({ payee: "builders", type: "direct_works", cig: "Z123456789", grantAct: undefined }),
  ),
  refuses(
    "conflict_of_interest",
    "verifying for a subject one represented until yesterday",
    {
      at: async (city) => void (await given(city)),
      before: async (city) => {
        const hands = { id: "garden-friends", act: pactAct("new") };
        const replace = (representative: string) =>
          city.submit(people.officer, "subjects:replaceRepresentative", { ...hands, representative });
        await replace(people.coordinator.person);
        await replace(people.neighbour.person);
      },
    },
    people.coordinator,
    "milestones:verify",
    visit,
  ),
  refuses(
    "conflict_declared",
    "abandoning, as an officer, what one declared a conflict about as an assessor",
    { at: withDeclaredConflict },
    person(thirdAssessor.person, "responsible_officer", "Comune"),
    "proposals:abandon",
    end,
  ),
  refuses(
    "conflict_of_interest",
    "an officer making themselves the representative",
    { at: withActive },
    people.officer,
    "subjects:replaceRepresentative",
    { id: "garden-friends", representative: people.officer.person, act: pactAct("new") },
  ),
  refuses(
    "conflict_declared",
    "declaring the same interest twice",
    {
      at: withActive,
      before: (city) => city.submit(people.treasurer, "subjects:declareInterest", { id: "garden-friends" }),
    },
    people.treasurer,
    "subjects:declareInterest",
    { id: "garden-friends" },
  ),
  refuses(
    "one_organisation_only",
    "accepting what only the district of the same Comune has seen, a resident of the Case beside",
    { at: async (city) => void (await verifiedBy(people.district)(city)) },
    people.officer,
    "milestones:accept",
    { id: m1, acceptedCents: 600_000 },
  ),
  refuses(
    "same_organisation",
    "a second visit by the organisation that made the first",
    { at: async (city) => void (await verifiedBy(people.coordinator)(city)) },
    person("second-coordinator", "coordinator", "Case"),
    "milestones:countersign",
    visit,
  ),
  refuses(
    "same_person",
    "a second visit by whoever made the first, in another office",
    { at: async (city) => void (await verifiedBy(people.district)(city)) },
    person(people.district.person, "coordinator", "Case"),
    "milestones:countersign",
    visit,
  ),
  refuses(
    "already_exists",
    "a third visit",
    {
      at: async (city) => void (await verifiedBy(people.district)(city)),
      before: (city) => city.submit(people.coordinator, "milestones:countersign", visit),
    },
    people.guarantor,
    "milestones:countersign",
    visit,
  ),
  refuses(
    "same_person",
    "accepting what one countersigned",
    {
      at: async (city) => void (await verifiedBy(people.district)(city)),
      before: (city) => city.submit(people.coordinator, "milestones:countersign", visit),
    },
    person(people.coordinator.person, "responsible_officer", "Comune"),
    "milestones:accept",
    { id: m1, acceptedCents: 600_000 },
  ),
  refuses(
    "same_person",
    "one person for the district and for the Giunta",
    { at: async (city) => void (await districtApproved(city)) },
    person(people.district.person, "giunta", "Comune"),
    "pacts:noteGiunta",
    approval,
  ),
  refuses(
    "same_person",
    "approving for the district what one drafted",
    { at: async (city) => void (await drafted(city)) },
    person(people.coordinator.person, "district_council", "Comune"),
    "pacts:approveDistrict",
    approval,
  ),
  refuses(
    "same_person",
    "approving for the Giunta what one drafted",
    { at: async (city) => void (await drafted(city)) },
    person(people.coordinator.person, "giunta", "Comune"),
    "pacts:approveGiunta",
    approval,
  ),
  refuses(
    "same_person",
    "signing for the Comune what one approved for the Giunta",
    { at: async (city) => void (await approved(city)) },
    person(people.giunta.person, "responsible_officer", "Comune"),
    "pacts:sign",
    signature,
  ),
  refuses(
    "same_person",
    "signing for the Comune what one approved for the district",
    {
      at: async (city) => {
        await districtApproved(city);
        await city.submit(people.giunta, "pacts:noteGiunta", approval);
      },
    },
    person(people.district.person, "responsible_officer", "Comune"),
    "pacts:sign",
    signature,
  ),
  ...(["checkedBy", "liquidatedBy", "acceptedBy"] as const).map((step) =>
    refuses(
      "same_person",
      `recording as paid what one took a step on before: ${step}`,
      { at: (city) => orderedWith(city, step) },
      person("two-offices", "treasurer", "Comune"),
      "payments:recordPaid",
      outcome,
    ),
  ),
  refuses(
    "same_person",
    "recovering what one ordered",
    { at: async (city) => void (await paid(city)) },
    person(people.secondAccountant.person, "treasurer", "Comune"),
    "payments:recover",
    { ...payment, amountCents: 1, reference: "R 1", documentHash: digest("r") },
  ),
  refuses(
    "same_person",
    "committing beyond what was voted by the act that one recorded",
    {
      at: withActive,
      before: (city) =>
        city.submit(person("two-offices", "giunta", "Comune"), "proposals:allowBeyond", {
          ...{ id: "garden", costCents: 2_000_000, lines: [], beneficiaries: [] },
          act: pactAct("more"),
        }),
    },
    person("two-offices", "responsible_officer", "Comune"),
    "funds:commit",
    commitment({ amountCents: 2_000_000 }),
  ),
  refuses(
    "same_person",
    "paying by the settlement that one recorded",
    {
      at: async (city) => void (await terminated(city)),
      before: async (city) => {
        await city.submit(person("two-offices", "giunta", "Comune"), "funds:allowSettlement", {
          commitment: "commitment-1",
          act: payAct("settlement"),
        });
        await city.submit(people.resident, "payments:request", request);
      },
    },
    person("two-offices", "responsible_officer", "Comune"),
    "payments:check",
    payment,
  ),
];

/** A payment ordered in which one step was taken by somebody who is also treasurer. */
async function orderedWith(city: City, step: "checkedBy" | "liquidatedBy" | "acceptedBy"): Promise<void> {
  const officer = (name: string) =>
    name === step ? person("two-offices", "responsible_officer", "Comune") : people.officer;
  await verifiedBy(people.coordinator)(city);
  await city.submit(officer("acceptedBy"), "milestones:accept", { id: m1, acceptedCents: 600_000 });
  await city.submit(people.resident, "payments:request", request);
  await city.submit(officer("checkedBy"), "payments:check", payment);
  const act = payAct("liquidation");
  const clearing =
    step === "liquidatedBy" ? person("two-offices", "accountant", "Comune") : people.accountant;
  await city.submit(clearing, "payments:liquidate", { ...payment, act });
  await city.submit(people.officer, "funds:publishGrant", {
    commitment: "commitment-1",
    digest: digest("row"),
  });
  await city.submit(people.secondAccountant, "payments:order", { ...payment, orderNumber: "1234/2026" });
}

/** Co-design of a proposal about which an assessor declared a conflict while it was assessed. */
async function withDeclaredConflict(city: City): Promise<void> {
  const teller: Teller = {
    async submit(actor, name, input) {
      await city.submit(actor, name, input);
      if (name === "proposals:publish")
        await city.submit(thirdAssessor, "proposals:declareConflict", { proposal: "garden", reasonDigest });
    },
    advanceTo: (day) => city.advanceTo(day),
    holdsKey: (actor, key) => city.holdsKey(actor, key),
  };
  await withCoDesign(teller);
}
