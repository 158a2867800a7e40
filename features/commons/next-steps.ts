/** What is awaited on a commons, from the workflow table and what is known of its records. Pure. */
import type { Role } from "@/protocol/primitives";
import { isInTurn } from "@/protocol/records/money";
import type { TransactionName } from "@/protocol/transactions";
import { type Awaited, awaitedOn, nextOf } from "@/protocol/workflow/awaited";
import type { Party } from "@/protocol/workflow/step";
import { daysOf } from "@/protocol/workflow/terms";
import type { Facts } from "./rules";

/** Who has to act: a role, or people who are no office. */
export type NextActor = Party | Role;

export type NextStep = {
  transaction: TransactionName;
  /** Its own sentence under `thread.next` where nothing is to be done but to wait. */
  wait: "waitForCall" | "waitReserve" | null;
  actor: NextActor;
  /** The day by which it has to be done. */
  dueOn: string | null;
  /** The day before which it cannot be done, if it has not come. */
  notBefore: string | null;
  facts: Facts;
};

type CallDays = Parameters<typeof daysOf.call>[0];
type RoundDays = Parameters<typeof daysOf.round>[0];
type MilestoneDays = Parameters<typeof daysOf.milestone>[0];

export type OpenMatters = {
  settings: { challengeDays: number };
  proposals: readonly {
    state: string;
    integrationDueOn: string | null;
    /** As many assessors have given points as the call wants. */
    isScored: boolean;
    call: CallDays;
    round: ({ state: string } & RoundDays) | null;
  }[];
  /** The latest pact, if there is one. */
  pact: {
    state: string;
    startsOn: string;
    endsOn: string;
    signatures: number;
    parties: number;
    insured: boolean;
    briefed: boolean;
    /** Where there are no district councils the Giunta approves by itself. */
    hasDistricts: boolean;
  } | null;
  milestones: readonly (MilestoneDays & {
    state: string;
    number: number;
    acceptedCents: bigint;
    requestedCents: bigint;
    /** Objections to its verification that wait for the guarantors. */
    openObjections: number;
  })[];
  payments: readonly { state: string; amountCents: bigint; requestedOn: string }[];
  reports: readonly { kind: string; dueOn: string; submittedOn: string | null }[];
};

/** What is awaited, most urgent first: what has a deadline by the deadline, then the rest. */
export function nextSteps(matters: OpenMatters, day: string): NextStep[] {
  const { proposals, pact, milestones, payments, reports, settings } = matters;
  const steps = [
    ...proposals.flatMap((proposal) => proposalNext(proposal, pact !== null, day)),
    ...(pact ? pactNext(pact, day) : []),
    ...milestones.flatMap((milestone) => milestoneNext(milestone, settings, day)),
    ...payments.flatMap(({ state, amountCents, requestedOn }) =>
      nextOf(awaitedOn("payment", { payment: state }, daysOf.payment({ requestedOn }), day), day).map(
        (step) => shown(step, day, { amountCents: Number(amountCents) }),
      ),
    ),
    ...reports.flatMap(({ kind, dueOn, submittedOn }) =>
      awaitedOn("report", { report: submittedOn ? "submitted" : "owed" }, daysOf.report({ dueOn }), day).map(
        (step) => shown(step, day, { kind }),
      ),
    ),
  ];
  return steps.sort((a, b) => ((a.dueOn ?? "9999") < (b.dueOn ?? "9999") ? -1 : 1));
}

function proposalNext(
  { state, integrationDueOn, isScored, call, round }: OpenMatters["proposals"][number],
  hasPact: boolean,
  day: string,
): NextStep[] {
  const states = { proposal: state, round: round?.state };
  const days = {
    ...daysOf.call(call),
    ...daysOf.proposal({ integrationDueOn }),
    ...(round && daysOf.round(round)),
  };
  const isReady: Partial<Record<TransactionName, boolean>> = {
    "proposals:admit": isScored,
    "proposals:fund": round !== null,
    "proposals:startCoDesign": !hasPact,
    "pacts:draft": !hasPact,
  };
  const own = awaitedOn("proposal", states, days, day).filter(
    ({ transaction }) => isReady[transaction] ?? true,
  );
  const ofRound = state === "on_ballot" && round ? awaitedOn("round", { round: round.state }, days, day) : [];
  return nextOf([...own, ...ofRound], day).map((step): NextStep => {
    const { transaction, notBefore } = step;
    if (transaction === "proposals:startAssessment" && notBefore && notBefore > day)
      return { ...shown(step, day), wait: "waitForCall", actor: "residents", ...until(call.closesOn) };
    if (transaction === "proposals:fund" && state === "reserve")
      return { ...shown(step, day), wait: "waitReserve" };
    return shown(step, day);
  });
}

function pactNext(pact: NonNullable<OpenMatters["pact"]>, day: string): NextStep[] {
  const { state, signatures, parties, insured, briefed, hasDistricts } = pact;
  const isReady: Partial<Record<TransactionName, boolean>> = {
    "pacts:approveDistrict": hasDistricts,
    "pacts:approveGiunta": !hasDistricts,
    "pacts:recordInsurance": !insured,
    "pacts:recordSafetyBriefing": !briefed,
    "pacts:activate": insured && briefed,
  };
  const steps = awaitedOn("pact", { pact: state }, daysOf.pact(pact), day).filter(
    ({ transaction }) => isReady[transaction] ?? true,
  );
  return nextOf(steps, day).map((step) => shown(step, day, { signatures, parties }));
}

function milestoneNext(
  milestone: OpenMatters["milestones"][number],
  settings: OpenMatters["settings"],
  day: string,
): NextStep[] {
  const { state, number, acceptedCents, requestedCents } = milestone;
  const isObjectedTo = milestone.openObjections > 0;
  const steps = awaitedOn(
    "milestone",
    { milestone: state },
    daysOf.milestone(milestone, settings),
    day,
  ).filter(({ transaction }) => isInTurn(transaction, isObjectedTo));
  return nextOf(steps, day)
    .filter(({ transaction }) => transaction !== "payments:request" || requestedCents < acceptedCents)
    .map((step) => shown(step, day, { number }));
}

/** A step with the days that say something: not one that has come, nor two that are the same. */
function shown({ transaction, by, notBefore, due }: Awaited, day: string, facts: Facts = {}): NextStep {
  const isAhead = notBefore !== undefined && notBefore > day && !(due !== undefined && due < notBefore);
  return {
    ...{ transaction, wait: null, actor: by, facts },
    notBefore: isAhead ? notBefore : null,
    dueOn: isAhead && due === notBefore ? null : (due ?? null),
  };
}

function until(dueOn: string): Pick<NextStep, "dueOn" | "notBefore"> {
  return { dueOn, notBefore: null };
}

/** The page on which a step is taken or followed, when it is another one than the commons' own. */
export function pageOf({
  transaction,
  wait,
}: Pick<NextStep, "transaction" | "wait">): "round" | "pact" | null {
  if (wait !== null || transaction === "pacts:draft" || transaction === "rounds:freeze") return null;
  if (transaction === "proposals:fund" || transaction.startsWith("rounds:")) return "round";
  return /^(pacts|milestones|payments|reports):/.test(transaction) ? "pact" : null;
}
