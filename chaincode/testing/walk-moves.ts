/** Random transactions of all kinds by people of all roles, from numbers that are drawn; conflicts of interest included. */
import fc from "fast-check";
import { addDays } from "../../protocol/days";
import { type Actor, type Role, roleOrganisations } from "../../protocol/primitives";
import type { RecordOf, RecordType } from "../../protocol/records";
import { openObjectionsTo } from "../../protocol/records/money";
import { type TransactionName, transactions } from "../../protocol/transactions";
import type { City } from "./city";
import { act } from "./founding-inputs";
import { digest } from "./keys";
import { torino } from "./people";
import type { Step } from "./witness";
import { leftOver } from "./year-story";

/** Numbers a move is made of: which transaction, by whom, on what, how much. */
export interface Draw {
  move: number;
  who: number;
  target: number;
  cents: number;
}
export interface Move {
  actor: Actor;
  name: TransactionName;
  input: object;
}

export const draws = fc.array(
  fc.record({
    move: fc.nat(99_999),
    who: fc.nat(9999),
    target: fc.nat(9999),
    cents: fc.oneof(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.constantFrom(100, 400_000, 600_000, 1_000_000),
    ),
  }),
  { minLength: 100, maxLength: 140 },
);

/** A small town, where everybody holds every office: what must be separate is separated by the ledger alone. */
const proponents = ["anna-resident", "bruno-resident"];
const town = [
  ...proponents,
  "carla",
  "dario",
  "elena",
  "fabio",
  "gina",
  "hugo",
  "irene",
  "luca",
  "mara",
  "nino",
];

/** Somebody of the town in one of the roles that may submit a transaction; as residents mostly who signs for the proponent. */
export function actorOf(city: City, name: TransactionName, who: number): Actor {
  const roles: readonly Role[] = transactions[name].roles;
  const role = roles[who % roles.length] ?? "service";
  const organisations = roleOrganisations[role];
  const { representative } = city.state.get<RecordOf<"subject">>([torino, "subject", "garden-friends"]) ?? {};
  const anybody = town[Math.floor(who / 7) % town.length] ?? "irene";
  return {
    person: role === "resident" && who % 5 !== 0 ? (representative ?? anybody) : anybody,
    role,
    organisation: organisations[who % organisations.length] ?? "Comune",
    municipality: torino,
  };
}

type Maker = (city: City, draw: Draw, fresh: string) => object | undefined;

/** One of the records of a type that are in one of these states; now and then of any, which is to be refused. */
function pick<T extends RecordType>(
  city: City,
  type: T,
  target: number,
  ...states: string[]
): (RecordOf<T> & { id: string }) | undefined {
  const all = city.state.all<RecordOf<T> & { id: string; state?: string }>(torino, type);
  const fitting = all.filter(({ state }) => state !== undefined && states.includes(state));
  const from = states.length > 0 && target % 8 !== 0 ? fitting : all;
  return from[target % Math.max(1, from.length)];
}

const dayOf = (city: City) => city.record("day", "day").day;
/** An act of today; now and then of last week. */
const actOf = (city: City, { target }: Draw) =>
  act(`act ${target}`, "determina", target % 6 === 0 ? addDays(dayOf(city), -7) : dayOf(city));
const on =
  (type: RecordType, states: string[], more: (city: City, draw: Draw) => object = () => ({})): Maker =>
  (city, draw) => {
    const found = pick(city, type, draw.target, ...states);
    return found && { id: found.id, ...more(city, draw) };
  };
const reasonDigest = digest("reason");
const withAct = (city: City, draw: Draw) => ({ act: actOf(city, draw) });
const withReason = () => ({ reasonDigest });
const both = (city: City, draw: Draw) => ({ reasonDigest, act: actOf(city, draw) });
const receipt = (city: City, { target }: Draw) => ({
  reference: `CRO ${target % 40}`,
  on: target % 5 === 0 ? addDays(dayOf(city), -1) : dayOf(city),
  documentHash: digest(`receipt ${target % 40}`),
});
const terms = (city: City, { target }: Draw) => ({
  documentHash: digest(`pact ${target}`),
  parties: [
    { id: "comune", organisation: "Comune" },
    { id: "friends", subject: target % 9 === 0 ? "others" : "garden-friends" },
  ],
  startsOn: dayOf(city),
  endsOn: addDays(dayOf(city), 20 + (target % 300)),
});
const notYetActive = ["draft", "district_approved", "noted_by_giunta", "giunta_approved", "signed"];
const funded = ["funded", "co_design", "pact_ready"];

/** Input of each transaction about pacts and money; all others are told again as the story tells them. */
export const makers: { readonly [T in TransactionName]?: Maker } = {
  "municipality:advanceDay": (city, { target }) => ({
    day: addDays(dayOf(city), target % 40 === 0 ? 1200 : 1 + (target % 12)),
  }),
  "subjects:declareInterest": on("subject", []),
  "subjects:replaceRepresentative": on("subject", [], (city, draw) => ({
    ...withAct(city, draw),
    representative: town[draw.target % town.length],
  })),
  "proposals:reserve": on("proposal", ["on_ballot"], (city, draw) => ({
    ...withAct(city, draw),
    round: "round-2026",
  })),
  "proposals:fund": on("proposal", ["on_ballot", "reserve"], (city, draw) => ({
    ...withAct(city, draw),
    round: "round-2026",
  })),
  "proposals:allowBeyond": on("proposal", funded, (city, draw) => ({
    ...withAct(city, draw),
    costCents: draw.cents * 2,
    lines: draw.target % 2 === 0 ? ["line-other"] : [],
    beneficiaries: draw.target % 3 === 0 ? ["others"] : [],
  })),
  "proposals:startCoDesign": on("proposal", ["funded"]),
  "proposals:readyForPact": on("proposal", ["co_design"], () => ({ documentHash: digest("co-design") })),
  "pacts:draft": (city, draw, fresh) => {
    const proposal = pick(city, "proposal", draw.target, ...funded);
    const current = proposal?.pact && city.record("pact", proposal.pact).state;
    const renews = ["active", "expired"].includes(current ?? "") ? proposal?.pact : undefined;
    return (
      proposal && {
        id: `pact-${fresh}`,
        proposal: proposal.id,
        form: "ordinary",
        renews,
        ...terms(city, draw),
      }
    );
  },
  "pacts:revise": on("pact", notYetActive, terms),
  "pacts:approveDistrict": on("pact", ["draft"], withAct),
  "pacts:noteGiunta": on("pact", ["district_approved"], withAct),
  "pacts:approveGiunta": on("pact", ["draft"], withAct),
  "pacts:sign": (city, { target }) => {
    const pact = pick(city, "pact", target, "noted_by_giunta", "giunta_approved");
    const party = pact?.parties[target % pact.parties.length];
    return (
      pact &&
      party && { id: pact.id, party: party.id, version: pact.version, documentHash: pact.documentHash }
    );
  },
  "pacts:recordInsurance": on("pact", [...notYetActive, "active", "suspended"], (city, { target }) => ({
    documentHash: digest("policy"),
    validUntil: addDays(dayOf(city), target % 9 === 0 ? 5 : 200 + (target % 400)),
  })),
  "pacts:recordSafetyBriefing": on("pact", notYetActive, (city) => ({
    documentHash: digest("briefing"),
    heldOn: dayOf(city),
  })),
  "pacts:activate": on("pact", ["signed"]),
  "pacts:suspend": on("pact", ["active"], withReason),
  "pacts:resume": on("pact", ["suspended"], withReason),
  "pacts:terminate": on("pact", ["suspended"], withReason),
  "pacts:withdraw": on("pact", notYetActive, both),
  "pacts:expire": (city, { target }) => {
    const day = dayOf(city);
    const over = city.state
      .all<RecordOf<"pact">>(torino, "pact")
      .filter(({ state, endsOn }) => (state === "active" || state === "suspended") && endsOn < day);
    const found = over[target % Math.max(1, over.length)] ?? pick(city, "pact", target * 8);
    return found && { id: found.id };
  },
  "funds:changeBudget": on("budget_line", [], (city, draw) => ({
    ...withAct(city, draw),
    budgetCents: draw.cents * 4,
  })),
  "funds:commit": (city, draw, fresh) => {
    const pact = pick(city, "pact", draw.target, "signed", "active");
    return (
      pact && {
        id: `commitment-${fresh}`,
        line: draw.target % 7 === 0 ? "line-other" : "line-2026",
        pact: pact.id,
        beneficiary: draw.target % 11 === 0 ? "others" : "garden-friends",
        payee: ["garden-friends", "builders", "others"][draw.target % 3],
        type: ["contribution", "direct_works", "goods"][draw.target % 3],
        amountCents: draw.cents,
        cup: "C11B26000000001",
        cig: "Z123456789",
        act: actOf(city, draw),
        grantAct: actOf(city, draw),
        fictional: true,
      }
    );
  },
  "funds:publishGrant": (city, { target }) => {
    const commitment = pick(city, "commitment", target);
    return commitment && { commitment: commitment.id, digest: digest("row") };
  },
  "funds:planMilestones": (city, draw, fresh) => {
    const commitment = pick(city, "commitment", draw.target);
    const dueOn = addDays(dayOf(city), draw.target % 30);
    const milestone = { id: `milestone-${fresh}`, dueOn, amountCents: draw.cents, digest: digest("m") };
    const report = { id: `report-${fresh}`, kind: "annual", dueOn };
    return (
      commitment && {
        commitment: commitment.id,
        milestones: draw.target % 5 === 0 ? [] : [milestone],
        reports: draw.target % 4 === 0 ? [report] : [],
      }
    );
  },
  "funds:release": (city, draw) => {
    const commitment = pick(city, "commitment", draw.target);
    const milestone = draw.target % 2 === 0 ? pick(city, "milestone", draw.target, "accepted") : undefined;
    const amountCents = 1 + (draw.cents % 300_000);
    return (
      commitment && {
        commitment: milestone?.commitment ?? commitment.id,
        milestone: milestone?.id,
        amountCents,
        ...both(city, draw),
      }
    );
  },
  "funds:carryOver": (city, draw, fresh) => {
    const commitment = pick(city, "commitment", draw.target);
    if (!commitment) return undefined;
    const year = Number(dayOf(city).slice(0, 4));
    const lines = city.state.all<RecordOf<"budget_line">>(torino, "budget_line");
    const line = lines.find((one) => one.year === year);
    return {
      ...{ id: `commitment-${fresh}`, commitment: commitment.id, ...withAct(city, draw) },
      amountCents: draw.target % 7 === 0 ? draw.cents : leftOver(city, commitment.id),
      ...(line && draw.target % 2 === 0
        ? { line: line.id }
        : { line: `line-${fresh}`, name: "Carried over", year }),
    };
  },
  "funds:allowSettlement": (city, draw) => {
    const commitment = pick(city, "commitment", draw.target);
    return commitment && { commitment: commitment.id, ...withAct(city, draw) };
  },
  "milestones:submitEvidence": on("milestone", ["planned"], (_, { target }) => ({
    evidence: [digest(`photo ${target % 60}`)],
  })),
  "milestones:verify": on("milestone", ["evidence_submitted"], () => ({ reportHash: digest("visit") })),
  "milestones:returnEvidence": on("milestone", ["evidence_submitted"], withReason),
  "milestones:countersign": on("milestone", ["verified"], () => ({ reportHash: digest("again") })),
  "milestones:cancel": on("milestone", ["evidence_submitted"], both),
  "milestones:accept": (city, draw) => {
    const milestone = pick(city, "milestone", draw.target, "verified");
    const whole = milestone?.amountCents ?? 0;
    const acceptedCents = [draw.cents, whole, Math.ceil(whole / 2)][draw.cents % 3];
    return milestone && { id: milestone.id, acceptedCents, reasonDigest };
  },
  "milestones:reject": on("milestone", ["verified"], withReason),
  "milestones:object": (city, { target }, fresh) => {
    // Now and then, so that most work is accepted.
    const milestone = target % 3 === 0 ? pick(city, "milestone", target, "verified") : undefined;
    return milestone && { id: `objection-${fresh}`, milestone: milestone.id, digest: digest("why") };
  },
  "milestones:decideObjection": (city, { target }) => {
    const milestone = pick(city, "milestone", target, "verified");
    const [open] = milestone ? openObjectionsTo(milestone) : [];
    return (
      milestone && {
        ...{ id: milestone.id, objection: open?.id ?? "none", upheld: target % 2 === 0 },
        digest: digest("because"),
      }
    );
  },
  "payments:request": (city, { target, cents }, fresh) => {
    const milestone = pick(city, "milestone", target, "accepted", "partially_accepted");
    const rest = milestone && milestone.acceptedCents - milestone.requestedCents;
    return (
      milestone && {
        id: `payment-${fresh}`,
        milestone: milestone.id,
        amountCents: target % 3 === 0 ? cents : Math.max(1, Math.ceil((rest ?? 0) / 2)),
      }
    );
  },
  "payments:check": on("payment", ["requested"]),
  "payments:reduce": on("payment", ["checked"], (_, { cents }) => ({
    amountCents: 1 + (cents % 50_000),
    reasonDigest,
  })),
  "payments:refuse": on("payment", ["liquidated"], withReason),
  "payments:liquidate": on("payment", ["checked"], withAct),
  "payments:order": on("payment", ["liquidated"], (_, { target, cents }) => {
    const number = 1 + (target % 50);
    const written = [`${number}/2026`, `${number}`, `2026/${number}`, `Mandato 0${number}`];
    return { orderNumber: written[cents % written.length] };
  }),
  "payments:recordPaid": on("payment", ["ordered"], receipt),
  "payments:recordReturned": on("payment", ["ordered"], receipt),
  "payments:recover": on("payment", ["paid"], (_, { target, cents }) => ({
    amountCents: 1 + (cents % 200_000),
    reference: `R ${target % 40}`,
    documentHash: digest(`recovery ${target % 40}`),
  })),
  "reports:submit": on("report", [], () => ({ digest: digest("report") })),
};

/** Steps that take a thing further are drawn more often than those that end it, so that walks get far. */
const often: readonly TransactionName[] = [
  ...(["milestones:submitEvidence", "milestones:verify", "milestones:accept", "payments:request"] as const),
  ...(["payments:check", "payments:liquidate", "payments:order", "payments:recordPaid"] as const),
  "payments:recordReturned",
  ...(["funds:planMilestones", "funds:publishGrant", "municipality:advanceDay"] as const),
  ...(["pacts:approveGiunta", "pacts:sign", "pacts:activate", "pacts:recordInsurance"] as const),
];

/** The move that a draw stands for, on the state as it is; `told` are the steps of the story, for all other transactions. */
export function moveOf(city: City, draw: Draw, fresh: string, told: readonly Step[]): Move | undefined {
  const names = [...(Object.keys(makers) as TransactionName[]), ...often, ...often, ...often];
  if (draw.move % 12 === 0) {
    const step = told[draw.target % told.length];
    const id = step && "id" in step.input && draw.cents % 2 === 0 ? { id: `again-${fresh}` } : {};
    return (
      step && { actor: actorOf(city, step.name, draw.who), name: step.name, input: { ...step.input, ...id } }
    );
  }
  // The next one that finds something to be done on.
  for (let further = 0; further < 12; further += 1) {
    const name = names[(draw.move + further * 7) % names.length];
    const input = name && makers[name]?.(city, draw, fresh);
    if (name && input) return { actor: actorOf(city, name, draw.who), name, input };
  }
  return undefined;
}
