import type { City } from "../city";
import { digest } from "../keys";
import { payAct, withAccepted, withOrdered } from "../pact-story";
import { people, person } from "../people";
import { type Refusal, refuses } from "./case";

const m1 = "commitment-1-m1";
const m2 = "commitment-1-m2";
const requested = (city: City) => city.submit(people.resident, "payments:request", request);
const checked = async (city: City) => {
  await requested(city);
  await city.submit(people.officer, "payments:check", { id: "payment-1" });
};
const liquidated = async (city: City) => {
  await checked(city);
  await city.submit(people.accountant, "payments:liquidate", { id: "payment-1", act: payAct("liquidation") });
};
const published = async (city: City) => {
  await liquidated(city);
  const row = { commitment: "commitment-1", digest: digest("row") };
  await city.submit(people.officer, "funds:publishGrant", row);
};
const request = { id: "payment-1", milestone: m1, amountCents: 600_000 };
const paid = { id: "payment-1", reference: "CRO 1", on: "2026-02-16", documentHash: digest("receipt") };
const again = (role: "responsible_officer" | "accountant" | "treasurer", who: { person: string }) =>
  person(who.person, role, "Comune");
const reason = { id: "pact-garden", reasonDigest: digest("reason") };

export const paymentRefusals: Refusal[] = [
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
    again("accountant", people.coordinator),
    "payments:order",
    { id: "payment-1", orderNumber: "1" },
  ),
  refuses(
    "wrong_state",
    "ordering what was not liquidated",
    { at: withAccepted, before: requested },
    people.secondAccountant,
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
    people.accountant,
    "payments:liquidate",
    { id: "payment-1" } as never,
  ),
  refuses(
    "grant_not_published",
    "ordering a grant that is not published",
    { at: withAccepted, before: liquidated },
    people.secondAccountant,
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
    people.secondAccountant,
    "payments:order",
    { id: "payment-1", orderNumber: "1" },
  ),
  refuses(
    "wrong_role",
    "the responsible officer clearing",
    { at: withAccepted, before: checked },
    people.officer,
    "payments:liquidate",
    { id: "payment-1", act: payAct("liquidation") },
  ),
  refuses(
    "wrong_role",
    "the responsible officer ordering",
    { at: withAccepted, before: published },
    people.officer,
    "payments:order",
    { id: "payment-1", orderNumber: "1" },
  ),
  refuses(
    "same_person",
    "who accepted clearing, now in the accounting office",
    { at: withAccepted, before: checked },
    again("accountant", people.officer),
    "payments:liquidate",
    { id: "payment-1", act: payAct("liquidation") },
  ),
  refuses(
    "same_person",
    "who cleared ordering, where the accounting office is two people",
    { at: withAccepted, before: published },
    people.accountant,
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
    again("treasurer", people.secondAccountant),
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
