import { act, City } from "../city";
import { digest } from "../keys";
import { people, person, smallComune } from "../people";
import { commitment, line, plan, withAccepted, withActive, withOrdered, withSigned } from "../story";
import { type Refusal, refuses } from "./case";

const m1 = "commitment-1-m1";
const m2 = "commitment-1-m2";
const committed = async (city: City) => {
  await withActive(city);
  await city.submit(people.officer, "funds:commit", commitment());
};
const planned = async (city: City) => {
  await committed(city);
  await city.submit(people.officer, "funds:planMilestones", plan([600_000, 400_000]));
};
const given = async (city: City) => {
  await planned(city);
  await city.submit(people.resident, "milestones:submitEvidence", { id: m1, evidence: [digest("photo")] });
};
const verified = async (city: City) => {
  await given(city);
  await city.submit(people.coordinator, "milestones:verify", { id: m1, reportHash: digest("visit") });
};
const builders = (city: City) =>
  city.submit(people.officer, "subjects:registerPayee", {
    id: "builders",
    kind: "company",
    digest: digest("b"),
  });
const works = { payee: "builders", type: "direct_works" as const, grantAct: undefined };
const requested = (city: City) => city.submit(people.resident, "payments:request", request);
const liquidated = async (city: City) => {
  await requested(city);
  await city.submit(people.officer, "payments:check", { id: "payment-1" });
  await city.submit(people.officer, "payments:liquidate", { id: "payment-1", act: act("liquidation") });
};
const request = { id: "payment-1", milestone: m1, amountCents: 600_000 };
const paid = { id: "payment-1", reference: "CRO 1", on: "2026-02-16", documentHash: digest("receipt") };
const again = (role: "responsible_officer" | "treasurer", who: { person: string }) =>
  person(who.person, role, "Comune");
const reason = { id: "pact-garden", reasonDigest: digest("reason") };

export const moneyRefusals: Refusal[] = [
  refuses(
    "invalid_input",
    "a budget no number holds",
    { at: withActive, params: { path: "budgetCents", problem: "too_big" } },
    people.officer,
    "funds:openLine",
    line({ id: "line-x", budgetCents: 2 ** 53 }),
  ),
  refuses(
    "over_budget",
    "a cent more than the line has",
    { at: withActive, params: { limitCents: 5_000_000 } },
    people.officer,
    "funds:commit",
    commitment({ amountCents: 5_000_001 }),
  ),
  refuses(
    "over_budget",
    "a second commitment over what is left",
    { at: committed },
    people.officer,
    "funds:commit",
    commitment({ id: "commitment-2", amountCents: 4_000_001 }),
  ),
  refuses(
    "below_committed",
    "a budget below what is committed",
    { at: committed, params: { committedCents: 1_000_000 } },
    people.officer,
    "funds:changeBudget",
    { id: "line-2026", budgetCents: 999_999, act: act("x") },
  ),
  refuses(
    "wrong_state",
    "money for a pact nobody signed",
    {
      at: async (city) => {
        await withActive(city);
        await city.submit(people.officer, "pacts:suspend", reason);
      },
    },
    people.officer,
    "funds:commit",
    commitment(),
  ),
  refuses(
    "not_found",
    "money for a payee of another municipality",
    {
      at: withActive,
      before: async (city) => {
        const elsewhere = new City(city.state);
        await elsewhere.submit(
          person("admin-2", "administrator", "Comune", smallComune),
          "municipality:register",
          {
            name: "Agliè",
            casaBody: "Biblioteca",
            settings: city.record("municipality", "001272").settings,
            day: "2026-01-01",
          },
        );
        await elsewhere.submit(
          person("officer-2", "responsible_officer", "Comune", smallComune),
          "subjects:registerPayee",
          { id: "builders-elsewhere", kind: "company", digest: digest("b") },
        );
      },
      params: { type: "subject", id: "builders-elsewhere" },
    },
    people.officer,
    "funds:commit",
    commitment({ ...works, payee: "builders-elsewhere", cig: "Z123456789" }),
  ),
  refuses(
    "not_a_party",
    "money for a subject outside the pact",
    { at: withActive, before: builders },
    people.officer,
    "funds:commit",
    commitment({ beneficiary: "builders" }),
  ),
  refuses(
    "cup_missing",
    "investment without a CUP",
    { at: withActive },
    people.officer,
    "funds:commit",
    commitment({ cup: undefined }),
  ),
  refuses(
    "invalid_input",
    "a CUP of 14 characters",
    { at: withActive, params: { path: "cup", problem: "invalid_format" } },
    people.officer,
    "funds:commit",
    commitment({ cup: "C11B2600000001" }),
  ),
  refuses(
    "cig_missing",
    "works without a CIG",
    { at: withActive, before: builders },
    people.officer,
    "funds:commit",
    commitment(works),
  ),
  refuses(
    "payee_not_eligible",
    "a contribution to a company",
    { at: withActive, before: builders },
    people.officer,
    "funds:commit",
    commitment({ payee: "builders" }),
  ),
  refuses(
    "payee_not_eligible",
    "a contribution to a body not recognised",
    { at: withSigned, before: (city) => city.submit(people.officer, "funds:openLine", line()) },
    people.officer,
    "funds:commit",
    commitment(),
  ),
  refuses(
    "payee_not_eligible",
    "paying a person for works",
    {
      at: withActive,
      before: (city) =>
        city.submit(people.neighbour, "subjects:register", {
          id: "bruno",
          kind: "person",
          digest: digest("b"),
        }),
    },
    people.officer,
    "funds:commit",
    commitment({ ...works, payee: "bruno", cig: "Z123456789" }),
  ),
  refuses(
    "grant_act_missing",
    "a contribution without a grant decision",
    { at: withActive },
    people.officer,
    "funds:commit",
    commitment({ grantAct: undefined }),
  ),
  refuses("act_required", "a commitment without an act", { at: withActive }, people.officer, "funds:commit", {
    ...commitment(),
    act: undefined as never,
  }),
  refuses(
    "already_exists",
    "a commitment twice",
    { at: committed },
    people.officer,
    "funds:commit",
    commitment(),
  ),
  refuses(
    "already_exists",
    "publishing a grant twice",
    { at: withOrdered },
    people.officer,
    "funds:publishGrant",
    { commitment: "commitment-1", digest: digest("other row") },
  ),
  refuses(
    "over_commitment",
    "milestones of more than was committed",
    { at: committed, params: { limitCents: 1_000_000 } },
    people.officer,
    "funds:planMilestones",
    plan([600_000, 400_001]),
  ),
  refuses(
    "over_commitment",
    "further milestones when all is planned",
    { at: planned },
    people.officer,
    "funds:planMilestones",
    { ...plan([]), milestones: [{ id: "more", dueOn: "2026-05-01", amountCents: 1, digest: digest("m") }] },
  ),
  refuses(
    "already_exists",
    "a milestone of another commitment",
    {
      at: planned,
      before: (city) => city.submit(people.officer, "funds:commit", commitment({ id: "commitment-2" })),
    },
    people.officer,
    "funds:planMilestones",
    { ...plan([100]), commitment: "commitment-2" },
  ),
  refuses(
    "invalid_input",
    "a plan of nothing",
    { at: committed, params: { path: "milestones" } },
    people.officer,
    "funds:planMilestones",
    plan([]),
  ),
  refuses(
    "dates_out_of_order",
    "a milestone due before the commitment",
    { at: committed },
    people.officer,
    "funds:planMilestones",
    {
      ...plan([100]),
      milestones: [{ id: "late-start", dueOn: "2026-02-05", amountCents: 1, digest: digest("m") }],
    },
  ),
  refuses(
    "not_representative",
    "evidence by a neighbour",
    { at: planned },
    people.neighbour,
    "milestones:submitEvidence",
    { id: m1, evidence: [digest("photo")] },
  ),
  refuses(
    "pact_not_active",
    "evidence while the pact is suspended",
    { at: planned, before: (city) => city.submit(people.officer, "pacts:suspend", reason) },
    people.resident,
    "milestones:submitEvidence",
    { id: m1, evidence: [digest("photo")] },
  ),
  refuses(
    "same_person",
    "verifying one's own evidence",
    { at: given },
    person(people.resident.person, "coordinator", "Case"),
    "milestones:verify",
    { id: m1, reportHash: digest("visit") },
  ),
  refuses("wrong_role", "an officer verifying", { at: given }, people.officer, "milestones:verify", {
    id: m1,
    reportHash: digest("visit"),
  }),
  refuses(
    "challenge_window_open",
    "accepting before the days for challenging are over",
    { at: verified, params: { day: "2026-02-16" } },
    people.officer,
    "milestones:accept",
    { id: m1, acceptedCents: 600_000 },
  ),
  refuses(
    "same_person",
    "the verifier accepting",
    { at: verified },
    again("responsible_officer", people.coordinator),
    "milestones:accept",
    { id: m1, acceptedCents: 600_000 },
  ),
  refuses(
    "same_person",
    "the submitter accepting",
    { at: verified },
    again("responsible_officer", people.resident),
    "milestones:accept",
    { id: m1, acceptedCents: 600_000 },
  ),
  refuses(
    "wrong_state",
    "accepting what nobody verified",
    { at: given },
    people.officer,
    "milestones:accept",
    { id: m1, acceptedCents: 600_000 },
  ),
  refuses(
    "over_planned",
    "accepting a cent more than was planned",
    { at: verified, before: (city) => city.advanceTo("2026-02-16"), params: { limitCents: 600_000 } },
    people.officer,
    "milestones:accept",
    { id: m1, acceptedCents: 600_001 },
  ),
  refuses(
    "invalid_input",
    "accepting nothing",
    { at: verified, before: (city) => city.advanceTo("2026-02-16"), params: { path: "acceptedCents" } },
    people.officer,
    "milestones:accept",
    { id: m1, acceptedCents: 0 },
  ),
  refuses(
    "invalid_input",
    "accepting a part without a reason",
    { at: verified, before: (city) => city.advanceTo("2026-02-16"), params: { path: "reasonDigest" } },
    people.officer,
    "milestones:accept",
    { id: m1, acceptedCents: 1 },
  ),
  refuses("wrong_state", "accepting twice", { at: withAccepted }, people.officer, "milestones:accept", {
    id: m1,
    acceptedCents: 600_000,
  }),
  refuses(
    "milestone_not_accepted",
    "payment of a milestone that is only planned",
    { at: withAccepted, params: { id: m2, state: "planned" } },
    people.resident,
    "payments:request",
    { ...request, milestone: m2, amountCents: 1 },
  ),
  refuses(
    "over_accepted",
    "payment of more than was accepted",
    { at: withAccepted, params: { limitCents: 600_000 } },
    people.resident,
    "payments:request",
    { ...request, amountCents: 600_001 },
  ),
  refuses(
    "over_accepted",
    "two requests that add to more than was accepted",
    {
      at: withAccepted,
      before: (city) =>
        city.submit(people.resident, "payments:request", { ...request, amountCents: 599_999 }),
    },
    people.resident,
    "payments:request",
    { ...request, id: "payment-2", amountCents: 2 },
  ),
  refuses(
    "not_representative",
    "a stranger asking for payment",
    { at: withAccepted },
    people.neighbour,
    "payments:request",
    request,
  ),
  refuses(
    "pact_not_active",
    "payment under a suspended pact",
    { at: withAccepted, before: (city) => city.submit(people.officer, "pacts:suspend", reason) },
    people.resident,
    "payments:request",
    request,
  ),
  refuses(
    "report_overdue",
    "payment while a report is late",
    { at: withAccepted, before: withLateReport },
    people.resident,
    "payments:request",
    request,
  ),
  refuses(
    "same_person",
    "the requester checking",
    { at: withAccepted, before: requested },
    again("responsible_officer", people.resident),
    "payments:check",
    { id: "payment-1" },
  ),
  refuses(
    "same_person",
    "the verifier ordering",
    { at: withAccepted, before: liquidated },
    again("responsible_officer", people.coordinator),
    "payments:order",
    { id: "payment-1", orderNumber: "1" },
  ),
  refuses(
    "wrong_state",
    "ordering what was not liquidated",
    { at: withAccepted, before: requested },
    people.officer,
    "payments:order",
    { id: "payment-1", orderNumber: "1" },
  ),
  refuses(
    "over_accepted",
    "reducing to nothing",
    { at: withAccepted, before: requested },
    people.officer,
    "payments:reduce",
    { id: "payment-1", amountCents: 600_000, reasonDigest: digest("x") },
  ),
  refuses(
    "act_required",
    "liquidation without an act",
    { at: withAccepted, before: requested },
    people.officer,
    "payments:liquidate",
    { id: "payment-1" } as never,
  ),
  refuses(
    "grant_not_published",
    "ordering a grant that is not published",
    { at: withAccepted, before: liquidated },
    people.officer,
    "payments:order",
    { id: "payment-1", orderNumber: "1" },
  ),
  refuses(
    "pact_not_active",
    "ordering under a pact suspended meanwhile",
    {
      at: withAccepted,
      before: async (city) => {
        await liquidated(city);
        await city.submit(people.officer, "pacts:suspend", reason);
      },
    },
    people.officer,
    "payments:order",
    { id: "payment-1", orderNumber: "1" },
  ),
  refuses(
    "wrong_state",
    "paid without an order",
    { at: withAccepted, before: liquidated },
    people.treasurer,
    "payments:recordPaid",
    paid,
  ),
  refuses(
    "wrong_role",
    "the officer saying it is paid",
    { at: withOrdered },
    people.officer,
    "payments:recordPaid",
    paid,
  ),
  refuses(
    "same_person",
    "who ordered saying it is paid",
    { at: withOrdered },
    again("treasurer", people.officer),
    "payments:recordPaid",
    paid,
  ),
  refuses(
    "same_person",
    "the verifier saying it is paid",
    { at: withOrdered },
    again("treasurer", people.coordinator),
    "payments:recordPaid",
    paid,
  ),
  refuses("day_in_future", "paid tomorrow", { at: withOrdered }, people.treasurer, "payments:recordPaid", {
    ...paid,
    on: "2026-06-02",
  }),
  refuses(
    "wrong_state",
    "paid twice",
    { at: withOrdered, before: (city) => city.submit(people.treasurer, "payments:recordPaid", paid) },
    people.treasurer,
    "payments:recordPaid",
    paid,
  ),
  refuses(
    "wrong_state",
    "returned after paid",
    { at: withOrdered, before: (city) => city.submit(people.treasurer, "payments:recordPaid", paid) },
    people.treasurer,
    "payments:recordReturned",
    paid,
  ),
  refuses(
    "over_accepted",
    "recovering more than was paid",
    {
      at: withOrdered,
      before: (city) => city.submit(people.treasurer, "payments:recordPaid", paid),
      params: { limitCents: 600_000 },
    },
    people.treasurer,
    "payments:recover",
    { id: "payment-1", amountCents: 600_001, reference: "r", documentHash: digest("x") },
  ),
];

async function withLateReport(city: City): Promise<void> {
  await city.submit(people.coordinator, "funds:planMilestones", {
    commitment: "commitment-1",
    milestones: [],
    reports: [{ id: "report-1", kind: "annual", dueOn: "2026-02-16" }],
  });
  await city.advanceTo("2026-02-17");
}
