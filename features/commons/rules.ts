/** What the thread of a commons says of a transaction, and what is awaited next. Pure. */
import { commonsKinds } from "@/protocol/records/commons";

export { commonsKinds };

export type Facts = Record<string, string | number>;
type JsonRecord = { readonly [member: string]: unknown };
type EntryRecord = { type: string; record: JsonRecord };

/** The record a transaction's sentence is about, by the first part of its name. */
const subjects: Record<string, string> = {
  subjects: "subject",
  commons: "commons",
  documents: "document",
  proposals: "proposal",
  rounds: "round",
  pacts: "pact",
  funds: "commitment",
  milestones: "milestone",
  payments: "payment",
  reports: "report",
};

/** Members of a record that its sentences name; amounts in cents, days, numbers. */
const members: Record<string, readonly string[]> = {
  proposal: ["costCents", "score", "version", "integrationDueOn"],
  pact: ["version", "startsOn", "endsOn", "form"],
  commitment: ["amountCents", "type", "cup"],
  milestone: ["number", "amountCents", "acceptedCents", "dueOn"],
  payment: ["amountCents", "orderNumber"],
  report: ["dueOn", "kind"],
  document: ["kind"],
};

/**
 * Facts for the sentence of a transaction, from the records it left.
 * @param commons whose thread it is: of a round's outcome only its own votes are told
 */
export function stepFacts(name: string, entries: readonly EntryRecord[], commons: string): Facts {
  const type = subjects[name.split(":")[0] ?? ""];
  const record = entries.find((entry) => entry.type === type)?.record;
  if (!type || !record) return {};
  const facts: Facts = {};
  for (const member of members[type] ?? []) {
    const value = record[member];
    if (typeof value === "string" || typeof value === "number") facts[member] = value;
  }
  if (type === "pact") Object.assign(facts, pactFacts(record));
  if (type === "round") Object.assign(facts, roundFacts(record, commons));
  return facts;
}

/** What the sentence of a step can say before the ledger has it: from what was asked for. */
export function askedFacts(name: string, input: unknown): Facts {
  const asked = (typeof input === "object" && input !== null ? input : {}) as JsonRecord;
  const facts: Facts = {};
  for (const member of ["costCents", "amountCents", "type", "kind", "startsOn", "endsOn", "orderNumber"]) {
    const value = asked[member];
    if (typeof value === "string" || typeof value === "number") facts[member] = value;
  }
  // What a payment is reduced by is not what remains of it.
  if (name === "payments:reduce") delete facts.amountCents;
  if (typeof asked.dueOn === "string") facts.integrationDueOn = asked.dueOn;
  if (typeof asked.validUntil === "string") facts.insuredUntil = asked.validUntil;
  return facts;
}

function pactFacts(record: JsonRecord): Facts {
  const signatures = (record.signatures ?? []) as { version: number }[];
  const parties = (record.parties ?? []) as unknown[];
  const insurance = record.insurance as { validUntil: string } | undefined;
  return {
    signatures: signatures.filter(({ version }) => version === record.version).length,
    parties: parties.length,
    ...(insurance && { insuredUntil: insurance.validUntil }),
  };
}

function roundFacts(record: JsonRecord, commons: string): Facts {
  const projects = (record.projects ?? []) as { number: number; commons: string }[];
  const outcome = record.outcome as
    | { ballots: number; votes: { number: number; votes: number }[] }
    | undefined;
  const own = projects.find((project) => project.commons === commons);
  const votes = outcome?.votes.find(({ number }) => number === own?.number)?.votes;
  return outcome && votes !== undefined ? { votes, ballots: outcome.ballots } : {};
}

/** Who has to act: a role, or people who are no office. */
export type NextActor =
  | "proponent"
  | "residents"
  | "parties"
  | "organisations"
  | "responsible_officer"
  | "assessor"
  | "coordinator"
  | "district_council"
  | "giunta"
  | "technical_office"
  | "treasurer";

export type NextStep = {
  /** Its sentence under `thread.next`. */
  key: string;
  actor: NextActor;
  /** The day by which it has to be done. */
  dueOn: string | null;
  /** The day before which it cannot be done. */
  notBefore: string | null;
  facts: Facts;
};

export type OpenMatters = {
  proposals: readonly {
    state: string;
    integrationDueOn: string | null;
    call: { closesOn: string; rolling: boolean };
    round: { state: string; opensOn: string; closesOn: string; objectionsUntil: string | null } | null;
  }[];
  /** The latest pact, if there is one. */
  pact: {
    state: string;
    endsOn: string;
    signatures: number;
    parties: number;
    insured: boolean;
    briefed: boolean;
  } | null;
  milestones: readonly {
    state: string;
    number: number;
    dueOn: string;
    acceptableFrom: string | null;
    acceptBy: string | null;
    acceptedCents: bigint;
    requestedCents: bigint;
  }[];
  payments: readonly { state: string; amountCents: bigint; payBy: string }[];
  reports: readonly { kind: string; dueOn: string; submittedOn: string | null }[];
};

const roundKeys = ["roundFrozen", "vote", "countRound", "attestRound", "objections", "decideFunding"];
const pactKeys = [
  ...["approvePact", "notePact", "signPact", "insure", "brief", "activatePact", "resumePact", "pactEnds"],
  ...["evidence", "verifyMilestone", "acceptMilestone", "requestPayment", "report"],
  ...["checkPayment", "liquidatePayment", "orderPayment", "recordPayment"],
];

/** The page on which a step is taken or followed, when it is another one than the commons' own. */
export function pageOf({ key }: Pick<NextStep, "key">): "round" | "pact" | null {
  return roundKeys.includes(key) ? "round" : pactKeys.includes(key) ? "pact" : null;
}

/** What is awaited, most urgent first: what has a deadline by the deadline, then the rest. */
export function nextSteps(matters: OpenMatters, day: string): NextStep[] {
  const steps = [
    ...matters.proposals.flatMap((proposal) => proposalNext(proposal, matters.pact !== null, day)),
    ...(matters.pact ? pactNext(matters.pact) : []),
    ...matters.milestones.flatMap(milestoneNext),
    ...matters.payments.flatMap(paymentNext),
    ...matters.reports
      .filter(({ submittedOn }) => submittedOn === null)
      .map(({ kind, dueOn }) => step("report", "proponent", { dueOn, facts: { kind } })),
  ];
  return steps.sort((a, b) => ((a.dueOn ?? "9999") < (b.dueOn ?? "9999") ? -1 : 1));
}

function proposalNext(
  { state, integrationDueOn, call, round }: OpenMatters["proposals"][number],
  hasPact: boolean,
  day: string,
): NextStep[] {
  switch (state) {
    case "submitted":
      return [step("publishProposal", "responsible_officer")];
    case "published":
      return call.rolling || day > call.closesOn
        ? [step("startAssessment", "responsible_officer")]
        : [step("waitForCall", "residents", { dueOn: call.closesOn })];
    case "under_assessment":
      return [step("score", "assessor")];
    case "integration_requested":
      return [step("integrate", "proponent", { dueOn: integrationDueOn })];
    case "admitted":
      return [step("toBallot", "responsible_officer")];
    case "on_ballot":
      return round ? roundNext(round) : [];
    case "funded":
      return hasPact ? [] : [step("startCoDesign", "coordinator")];
    case "reserve":
      return [step("waitReserve", "giunta")];
    case "co_design":
      return [step("coDesign", "coordinator")];
    case "pact_ready":
      return hasPact ? [] : [step("draftPact", "coordinator")];
    default:
      return [];
  }
}

function roundNext(round: NonNullable<OpenMatters["proposals"][number]["round"]>): NextStep[] {
  switch (round.state) {
    case "frozen":
      return [step("roundFrozen", "responsible_officer", { notBefore: round.opensOn })];
    case "open":
      return [step("vote", "residents", { dueOn: round.closesOn })];
    case "closed":
      return [step("countRound", "responsible_officer")];
    case "counted":
      return [step("attestRound", "organisations")];
    case "attested":
      return [step("objections", "residents", { dueOn: round.objectionsUntil })];
    default:
      return [step("decideFunding", "giunta")];
  }
}

function pactNext(pact: NonNullable<OpenMatters["pact"]>): NextStep[] {
  const { signatures, parties } = pact;
  switch (pact.state) {
    case "draft":
      return [step("approvePact", "district_council")];
    case "district_approved":
      return [step("notePact", "giunta")];
    case "noted_by_giunta":
    case "giunta_approved":
      return [step("signPact", "parties", { facts: { signatures, parties } })];
    case "signed": {
      const missing = [
        ...(pact.insured ? [] : [step("insure", "coordinator")]),
        ...(pact.briefed ? [] : [step("brief", "technical_office")]),
      ];
      return missing.length > 0 ? missing : [step("activatePact", "responsible_officer")];
    }
    case "active":
      return [step("pactEnds", "parties", { dueOn: pact.endsOn })];
    case "suspended":
      return [step("resumePact", "responsible_officer")];
    default:
      return [];
  }
}

function milestoneNext(milestone: OpenMatters["milestones"][number]): NextStep[] {
  const facts = { number: milestone.number };
  switch (milestone.state) {
    case "planned":
      return [step("evidence", "proponent", { dueOn: milestone.dueOn, facts })];
    case "evidence_submitted":
      return [step("verifyMilestone", "coordinator", { facts })];
    case "verified":
      return [
        step("acceptMilestone", "responsible_officer", {
          dueOn: milestone.acceptBy,
          notBefore: milestone.acceptableFrom,
          facts,
        }),
      ];
    case "accepted":
    case "partially_accepted":
      return milestone.requestedCents < milestone.acceptedCents
        ? [step("requestPayment", "proponent", { facts })]
        : [];
    default:
      return [];
  }
}

const paymentSteps: Record<string, readonly [key: string, actor: NextActor]> = {
  requested: ["checkPayment", "responsible_officer"],
  checked: ["liquidatePayment", "responsible_officer"],
  liquidated: ["orderPayment", "responsible_officer"],
  ordered: ["recordPayment", "treasurer"],
};

function paymentNext({ state, amountCents, payBy }: OpenMatters["payments"][number]): NextStep[] {
  const [key, actor] = paymentSteps[state] ?? [];
  return key && actor
    ? [step(key, actor, { dueOn: payBy, facts: { amountCents: Number(amountCents) } })]
    : [];
}

function step(
  key: string,
  actor: NextActor,
  rest: Partial<Pick<NextStep, "dueOn" | "notBefore" | "facts">> = {},
): NextStep {
  return { key, actor, dueOn: null, notBefore: null, facts: {}, ...rest };
}
