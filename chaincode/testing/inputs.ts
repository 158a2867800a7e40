/** A right input of each transaction on a city as it stands, for whoever tries all of them in all states. */

import { addDays } from "../../protocol/days";
import type { Role } from "../../protocol/primitives";
import type { RecordOf, RecordType } from "../../protocol/records";
import { openObjectionsTo } from "../../protocol/records/money";
import type { TransactionName } from "../../protocol/transactions";
import type { deskTransactions } from "../../protocol/transactions/desk";
import type { papersTransactions } from "../../protocol/transactions/papers";
import type { registerTransactions } from "../../protocol/transactions/register";
import type { sealedTransactions } from "../../protocol/transactions/sealed";
import { statesFor } from "../../protocol/workflow/table";
import type { City } from "./city";
import { act } from "./founding-inputs";
import { digest, RegistrarKey, VoterKey } from "./keys";
import { commitment, friendsCode, pact } from "./pact-story";
import { torino } from "./people";
import { admission, call, line, outcome, proposal, reveal, round, score, voters } from "./story";
import { leftOver } from "./year-story";

/** What a transaction is tried on: a record of a type, an id that nothing has yet, and in which role. */
interface Tried {
  city: City;
  id: string;
  fresh: string;
  role: Role;
}
/** `on` is the record that the step is tried on; where it is none, the step is tried once. */
interface Maker {
  on?: RecordType;
  make: (tried: Tried) => object | undefined;
}

const reasonDigest = digest("reason");
const dayOf = (city: City) => city.record("day", "day").day;
const authority = ({ city, fresh }: Tried) => ({
  act: act(digest(fresh).slice(0, 20), "determina", dayOf(city)),
});
const step = (on: RecordType, more: (tried: Tried) => object = () => ({})): Maker => ({
  on,
  make: (tried) => ({ id: tried.id, ...more(tried) }),
});
const withAct = (on: RecordType, more: (tried: Tried) => object = () => ({})) =>
  step(on, (tried) => ({ ...authority(tried), ...more(tried) }));
const withReason = (on: RecordType) => step(on, () => ({ reasonDigest }));
const begins = (make: (tried: Tried) => object | undefined): Maker => ({ make });
const settings = (city: City) => city.record("municipality", torino).settings;
const receipt = ({ city, fresh }: Tried) => ({
  ...{ reference: `CRO ${fresh}`, on: dayOf(city), documentHash: digest(`receipt ${fresh}`) },
});
/** Terms of a pact from today on. */
const terms = (city: City) => ({
  ...{ documentHash: pact().documentHash, parties: pact().parties },
  ...{ startsOn: dayOf(city), endsOn: addDays(dayOf(city), 700) },
});

type SignedStep =
  | keyof typeof registerTransactions
  | keyof typeof papersTransactions
  | keyof typeof sealedTransactions
  | keyof typeof deskTransactions;

/** The key of the registrar who registers one. */
export const newRegistrarKey = new RegistrarKey();

/** All but those of the register of people in office, of papers, of sealed ballots and of desks, which have tests of their own. */
export const inputs: { readonly [T in Exclude<TransactionName, SignedStep>]: Maker } & {
  readonly [T in SignedStep]?: Maker;
} = {
  "municipality:proposeSettings": {
    on: "municipality",
    make: (tried) => ({ settings: { ...settings(tried.city), leastAge: 17 }, ...authority(tried) }),
  },
  "municipality:confirmSettings": {
    on: "municipality",
    make: ({ city }) => ({
      settings: city.record("municipality", torino).proposedSettings?.settings ?? settings(city),
    }),
  },
  "municipality:advanceDay": begins(({ city }) => ({ day: addDays(dayOf(city), 1) })),
  "municipality:registerSigningKey": begins(({ fresh }) => ({
    id: fresh,
    publicKey: newRegistrarKey.publicKey,
  })),
  "municipality:withdrawSigningKey": step("signing_key"),
  "subjects:register": begins(({ fresh }) => ({
    ...{ id: fresh, kind: "association", digest: digest(fresh) },
  })),
  "subjects:registerPayee": begins(({ fresh }) => ({ id: fresh, kind: "company", digest: digest(fresh) })),
  "subjects:recogniseEligibility": withAct("subject", () => ({ code: friendsCode })),
  "subjects:replaceRepresentative": withAct("subject", () => ({ representative: "new-representative" })),
  "subjects:declareInterest": step("subject"),
  "commons:register": begins(({ fresh }) => ({ id: fresh, kind: "square", digest: digest(fresh) })),
  "documents:record": begins(({ fresh }) => ({ id: fresh, kind: "photograph", hash: digest(fresh) })),
  "calls:publish": begins((tried) => ({
    ...call({ id: tried.fresh, opensOn: dayOf(tried.city), closesOn: addDays(dayOf(tried.city), 30) }),
    ...authority(tried),
    lines: [],
  })),
  "calls:extend": withAct("call", ({ city, id }) => ({
    closesOn: addDays(city.record("call", id).closesOn, 10),
  })),
  "proposals:submit": begins(({ fresh }) => proposal(fresh)),
  "proposals:publish": step("proposal"),
  "proposals:withdraw": step("proposal"),
  "proposals:merge": {
    on: "proposal",
    make: (tried) => {
      const into = anotherProposal(tried.city, tried.id);
      return into === undefined ? undefined : { id: tried.id, into, ...authority(tried) };
    },
  },
  "proposals:separate": withAct("proposal", () => ({})),
  "proposals:adhere": {
    on: "proposal",
    make: ({ id, fresh }) => ({ id: fresh, proposal: id, kind: "support" }),
  },
  "proposals:withdrawAdhesion": { on: "proposal", make: ({ id }) => ({ proposal: id }) },
  "proposals:startAssessment": step("proposal"),
  "proposals:requestIntegration": step("proposal", ({ city, id }) => ({
    reasonDigest,
    dueOn: addDays(city.record("proposal", id).integrationDueOn ?? dayOf(city), 10),
  })),
  "proposals:integrate": step("proposal", () => ({
    ...{ digest: digest("v2"), attachments: [], costCents: 1_000_000 },
  })),
  "proposals:declareConflict": { on: "proposal", make: ({ id }) => ({ proposal: id, reasonDigest }) },
  "proposals:score": { on: "proposal", make: ({ id }) => score(id, 100, 100) },
  "proposals:admit": withAct("proposal"),
  "proposals:reject": withAct("proposal", () => ({ reasonDigest })),
  "proposals:fund": withAct("proposal", inRound),
  "proposals:reserve": withAct("proposal", inRound),
  "proposals:allowBeyond": withAct("proposal", () => ({
    ...{ costCents: 3_000_000, lines: [], beneficiaries: [] },
  })),
  "proposals:startCoDesign": step("proposal"),
  "proposals:readyForPact": step("proposal", () => ({ documentHash: digest("co-design") })),
  "proposals:abandon": withAct("proposal", () => ({ reasonDigest })),
  "rounds:freeze": {
    on: "proposal",
    make: ({ city, id, fresh }) => ({
      ...round(["garden"], { id: fresh, opensOn: dayOf(city) }),
      projects: ballotOf(city, id),
      ballot: { type: "approval", least: 0, most: 1 },
      closesAt: `${addDays(dayOf(city), 20)}T20:00:00Z`,
    }),
  },
  "rounds:place": step("round"),
  "rounds:draw": step("round", () => ({ contribution: digest("number of another organisation") })),
  "rounds:open": step("round", () => ({ reveal })),
  "rounds:admit": { on: "round", make: ({ id, fresh }) => admission([new VoterKey(fresh)], [9], id) },
  "rounds:cast": {
    on: "round",
    make: ({ id }) => ({ round: id, ballots: voters.slice(0, 1).map((voter) => voter.ballot(id, 7, [1])) }),
  },
  "rounds:close": step("round"),
  "rounds:count": step("round", ({ city, id }) => ({
    outcome: outcome(
      [1],
      city.record("round", id).projects.map((_, index) => (index === 0 ? 3 : 0)),
    ),
  })),
  "rounds:attest": step("round", ({ city, id }) => ({
    digest: city.record("round", id).outcome?.digest ?? digest("none"),
  })),
  "rounds:object": {
    on: "round",
    make: ({ id, fresh }) => ({ id: fresh, round: id, digest: digest("why") }),
  },
  "rounds:decideObjection": step("objection", () => ({ upheld: true, digest: digest("decision") })),
  "rounds:finalise": withAct("round"),
  "rounds:annul": withAct("round", () => ({ reasonDigest })),
  "rounds:release": step("round"),
  "pacts:draft": {
    on: "proposal",
    make: ({ city, id, fresh }) => ({
      ...{ id: fresh, proposal: id, form: "ordinary", ...terms(city) },
      renews: renewable(city, id),
    }),
  },
  "pacts:revise": step("pact", ({ city }) => terms(city)),
  "pacts:approveDistrict": withAct("pact"),
  "pacts:noteGiunta": withAct("pact"),
  "pacts:approveGiunta": withAct("pact"),
  "pacts:sign": step("pact", ({ city, id, role }) => {
    const { version, documentHash, parties } = city.record("pact", id);
    const own = parties.find(({ subject }) => (subject !== undefined) === (role === "resident"));
    return { version, documentHash, party: own?.id };
  }),
  "pacts:recordInsurance": step("pact", ({ city }) => ({
    ...{ documentHash: digest("insurance"), validUntil: addDays(dayOf(city), 1500) },
  })),
  "pacts:recordSafetyBriefing": step("pact", ({ city }) => ({
    ...{ documentHash: digest("briefing"), heldOn: dayOf(city) },
  })),
  "pacts:activate": step("pact"),
  "pacts:suspend": withReason("pact"),
  "pacts:resume": withReason("pact"),
  "pacts:terminate": withReason("pact"),
  "pacts:withdraw": withAct("pact", () => ({ reasonDigest })),
  "pacts:expire": step("pact"),
  "funds:openLine": begins(({ fresh }) => line({ id: fresh })),
  "funds:changeBudget": withAct("budget_line", () => ({ budgetCents: 6_000_000 })),
  "funds:commit": {
    on: "pact",
    make: (tried) => ({
      ...commitment({ id: tried.fresh, pact: tried.id, amountCents: 100 }),
      ...{ ...authority(tried), grantAct: authority(tried).act },
    }),
  },
  "funds:publishGrant": { on: "commitment", make: ({ id }) => ({ commitment: id, digest: digest("row") }) },
  "funds:planMilestones": {
    on: "commitment",
    make: ({ city, id, fresh }) => {
      const dueOn = addDays(dayOf(city), 5);
      return {
        commitment: id,
        milestones: unplanned(city, id)
          ? [{ id: `${fresh}-m`, dueOn, amountCents: 100, digest: digest("m") }]
          : [],
        reports: [{ id: `${fresh}-r`, kind: "annual", dueOn: addDays(dueOn, 400) }],
      };
    },
  },
  "funds:release": {
    on: "milestone",
    make: (tried) => ({
      ...{ commitment: tried.city.record("milestone", tried.id).commitment, milestone: tried.id },
      ...{ amountCents: 100, reasonDigest, ...authority(tried) },
    }),
  },
  "funds:carryOver": {
    on: "commitment",
    make: (tried) => ({
      ...{ id: tried.fresh, commitment: tried.id, line: `${tried.fresh}-line`, name: "Beni comuni" },
      year: Number(dayOf(tried.city).slice(0, 4)),
      ...{ amountCents: Math.max(1, leftOver(tried.city, tried.id)), ...authority(tried) },
    }),
  },
  "funds:allowSettlement": {
    on: "commitment",
    make: (tried) => ({ commitment: tried.id, ...authority(tried) }),
  },
  "milestones:cancel": withAct("milestone", () => ({ reasonDigest })),
  "milestones:countersign": step("milestone", () => ({ reportHash: digest("again") })),
  "milestones:submitEvidence": step("milestone", ({ fresh }) => ({ evidence: [digest(fresh)] })),
  "milestones:verify": step("milestone", () => ({ reportHash: digest("visit") })),
  "milestones:returnEvidence": withReason("milestone"),
  "milestones:accept": step("milestone", ({ city, id }) => ({
    acceptedCents: Math.ceil(city.record("milestone", id).amountCents / 2),
    reasonDigest,
  })),
  "milestones:reject": withReason("milestone"),
  "milestones:object": {
    on: "milestone",
    make: ({ id, fresh }) => ({ id: fresh, milestone: id, digest: digest("why") }),
  },
  "milestones:decideObjection": step("milestone", ({ city, id }) => ({
    objection: openObjectionsTo(city.record("milestone", id))[0]?.id ?? "none",
    ...{ upheld: true, digest: digest("decision") },
  })),
  "payments:request": {
    on: "milestone",
    make: ({ id, fresh }) => ({ id: fresh, milestone: id, amountCents: 100 }),
  },
  "payments:check": step("payment"),
  "payments:reduce": step("payment", () => ({ amountCents: 1, reasonDigest })),
  "payments:refuse": withReason("payment"),
  "payments:liquidate": withAct("payment"),
  "payments:order": step("payment", ({ fresh }) => ({ orderNumber: `order ${fresh}` })),
  "payments:recordPaid": step("payment", receipt),
  "payments:recordReturned": step("payment", receipt),
  "payments:recover": step("payment", ({ fresh }) => ({
    ...{ amountCents: 1, reference: `R ${fresh}`, documentHash: digest(`recovery ${fresh}`) },
  })),
  "reports:submit": step("report", () => ({ digest: digest("report") })),
};

function inRound({ city, id }: Tried) {
  return { round: city.record("proposal", id).round ?? "round-2026" };
}

/** One that a proposal can go into, as far as its own state matters. */
function anotherProposal(city: City, id: string): string | undefined {
  const all = city.state.all<RecordOf<"proposal">>(torino, "proposal");
  const states = statesFor("proposals:merge", "proposal", "into");
  return all.find((other) => other.id !== id && states.includes(other.state))?.id;
}

/** Every proposal of its call that waits for a ballot, the tried one first. */
function ballotOf(city: City, id: string) {
  const all = city.state.all<RecordOf<"proposal">>(torino, "proposal");
  const { call: ofCall } = city.record("proposal", id);
  const waiting = all.filter((one) => one.id !== id && one.call === ofCall && one.state === "admitted");
  return [city.record("proposal", id), ...waiting].map(
    ({ id: one, commons, costCents, digest: text }, index) => ({
      ...{ number: index + 1, proposal: one, commons, costCents, digest: text },
    }),
  );
}

/** The pact that a new one of a proposal renews, if it has one that is not given up. */
function renewable(city: City, id: string): string | undefined {
  const { pact: last } = city.record("proposal", id);
  const state = last && city.record("pact", last).state;
  return state && !["terminated", "withdrawn"].includes(state) ? last : undefined;
}

function unplanned(city: City, id: string): boolean {
  const { amountCents, plannedCents } = city.record("commitment", id);
  return amountCents - plannedCents >= 100;
}
