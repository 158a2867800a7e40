/** From a budget line to what was paid, and the reports owed for it. */
import { endedStates } from "../records/pacts";
import type { moneyTransactions } from "../transactions/money";
import { keeps, makes, moves, NEW, type Step, step } from "./step";

const pactInForce = { refusal: "pact_not_active" } as const;
const ready = { refusal: "proposal_not_ready" } as const;
/** Work is done under a pact in force, of a proposal that is not given up. */
const inForce = [keeps("pact", ["active"], pactInForce), keeps("proposal", ["pact_ready"], ready)];
/** What was done goes on to be paid as well, by the act that settles what an ended pact left. */
const settled = { unless: "funds:allowSettlement" } as const;
const drawable = [
  keeps("pact", ["active"], { ...pactInForce, ...settled }),
  keeps("proposal", ["pact_ready"], { ...ready, ...settled }),
];

/** Rule 5: who did the work or looked at it does not pay for it. */
const whoWorked = ["milestones:submitEvidence", "milestones:verify", "milestones:countersign"] as const;
/** Who handed the evidence in, or saw it signed on paper, does not say that the work is there. */
const whoHandedIn = ["milestones:submitEvidence", "papers:record", "papers:confirm"] as const;
const whoAsked = ["payments:request", ...whoWorked] as const;
const whoOrdered = ["payments:check", "payments:liquidate", "payments:order"] as const;

const official = { disinterested: true } as const;
const byTwo = { disinterested: true, twoOrganisations: true } as const;

/** A payment on its way to its order. */
const towardsOrder = {
  ...byTwo,
  asks: drawable,
  others: [...whoAsked, "funds:allowSettlement"],
  due: "payment",
} as const;
/** What the treasury says of a payment that was ordered. */
const outcome = {
  ...byTwo,
  others: [...whoAsked, ...whoOrdered, "milestones:accept"],
  due: "payment",
} as const;

export const moneySteps = {
  "funds:openLine": step(makes("budget_line", "open")),
  "funds:changeBudget": step(keeps("budget_line", ["open"])),
  "funds:commit": step(makes("commitment", "committed"), {
    asks: [keeps("pact", ["signed", "active"]), keeps("proposal", ["pact_ready"], ready)],
    others: ["proposals:allowBeyond"],
    disinterested: true,
    until: "pact_end",
  }),
  "funds:publishGrant": step(keeps("commitment", ["committed"]), official),
  "funds:planMilestones": step(
    [keeps("commitment", ["committed"]), makes("milestone", "planned"), makes("report", "owed")],
    { asks: [keeps("pact", ["signed", "active"])], disinterested: true, until: "pact_end" },
  ),
  "funds:release": step(keeps("commitment", ["committed"]), official),
  /** What its pact can still call for; of an ended one only what an act lets be paid. */
  "funds:carryOver": step(
    [
      keeps("commitment", ["committed"]),
      moves("commitment", [NEW], ["committed"], { which: "carried" }),
      moves("budget_line", [NEW, "open"], ["open"]),
    ],
    { asks: [keeps("pact", ["signed", "active", "suspended"], settled)], disinterested: true },
  ),
  /** A pact whose term is over has ended, whether or not anybody said that it expired. */
  "funds:allowSettlement": step(keeps("commitment", ["committed"]), {
    asks: [keeps("pact", endedStates)],
    disinterested: true,
  }),
  "milestones:cancel": step(moves("milestone", ["planned", "evidence_submitted"], ["cancelled"]), official),
  "milestones:countersign": step(keeps("milestone", ["verified", "accepted", "partially_accepted"]), {
    others: [...whoHandedIn, "milestones:verify", "milestones:accept"],
    otherOrganisation: "milestones:verify",
    disinterested: true,
  }),
  "milestones:submitEvidence": step(moves("milestone", ["planned"], ["evidence_submitted"]), {
    asks: inForce,
    awaited: { milestone: ["planned"] },
    by: "proponent",
    due: "milestone_due",
  }),
  "milestones:verify": step(moves("milestone", ["evidence_submitted"], ["verified"]), {
    asks: drawable,
    awaited: { milestone: ["evidence_submitted"] },
    others: whoHandedIn,
    disinterested: true,
  }),
  "milestones:returnEvidence": step(moves("milestone", ["evidence_submitted"], ["planned"]), {
    others: ["milestones:submitEvidence"],
    disinterested: true,
  }),
  "milestones:accept": step(moves("milestone", ["verified"], ["accepted", "partially_accepted"]), {
    ...byTwo,
    asks: drawable,
    awaited: { milestone: ["verified"] },
    others: whoWorked,
    notBefore: ["challenge"],
    due: "acceptance",
  }),
  "milestones:reject": step(moves("milestone", ["verified"], ["rejected"]), {
    ...byTwo,
    others: whoWorked,
    notBefore: ["challenge"],
  }),
  "milestones:object": step(keeps("milestone", ["verified"])),
  /** The work is proved anew where it is upheld; until it is decided the milestone is not accepted. */
  "milestones:decideObjection": step(moves("milestone", ["verified"], ["planned"], { mayStay: true }), {
    awaited: { milestone: ["verified"] },
    others: [...whoWorked, "papers:record", "papers:confirm"],
    disinterested: true,
  }),
  "payments:request": step(makes("payment", "requested"), {
    asks: [
      keeps("milestone", ["accepted", "partially_accepted"], { refusal: "milestone_not_accepted" }),
      ...drawable,
    ],
    awaited: { milestone: ["accepted", "partially_accepted"] },
    by: "proponent",
    others: ["milestones:verify", "milestones:accept", "milestones:countersign"],
  }),
  "payments:check": step(moves("payment", ["requested"], ["checked"]), {
    ...towardsOrder,
    awaited: { payment: ["requested"] },
  }),
  "payments:reduce": step(keeps("payment", ["requested", "checked"]), { ...byTwo, others: whoAsked }),
  "payments:refuse": step(moves("payment", ["requested", "checked", "liquidated"], ["refused"]), {
    ...byTwo,
    others: whoAsked,
  }),
  "payments:liquidate": step(moves("payment", ["checked"], ["liquidated"]), {
    ...towardsOrder,
    // Whoever accepted the work does not say that its accounts are in order.
    others: [...towardsOrder.others, "milestones:accept"],
    awaited: { payment: ["checked"] },
  }),
  "payments:order": step(moves("payment", ["liquidated"], ["ordered"]), {
    ...towardsOrder,
    othersUnless: { setting: "oneAccountant", steps: ["payments:liquidate"] },
    awaited: { payment: ["liquidated"] },
  }),
  "payments:recordPaid": step(moves("payment", ["ordered"], ["paid"]), {
    ...outcome,
    awaited: { payment: ["ordered"] },
  }),
  "payments:recordReturned": step(moves("payment", ["ordered"], ["returned"]), outcome),
  "payments:recover": step(keeps("payment", ["paid"]), {
    ...byTwo,
    others: [...whoAsked, ...whoOrdered],
  }),
  "reports:submit": step(moves("report", ["owed"], ["submitted"]), {
    awaited: { report: ["owed"] },
    by: "proponent",
    due: "report_due",
  }),
} as const satisfies Record<keyof typeof moneyTransactions, Step>;
