/** Days on which a step can be taken at the earliest, at the latest, or should have been taken. Pure. */
import { addDays, instantMs, legalDay } from "../days";
import type { RecordType } from "../records";
import type { Settings as MunicipalitySettings } from "../records/municipality";

type Day = string;
/** As a record has it, or as a row of a table that shows it: there what is missing is null. */
type Known<T> = T | null | undefined;

type Settings = Pick<MunicipalitySettings, "challengeDays">;

/** Days the offices have to accept a verified milestone. */
export const ACCEPTANCE_DAYS = 30;
/** Days from a request to its payment (art. 4 D.Lgs. 231/2002). */
export const PAYMENT_DAYS = 30;

/** The last day on which an attested result is objected to; a term of no days ends before it begins. */
export function lastObjectionDay(round: { attestedOn?: Known<Day>; objectionDays: number }): Day | undefined {
  const { attestedOn, objectionDays } = round;
  if (!attestedOn) return undefined;
  return addDays(attestedOn, objectionDays === 0 ? -1 : objectionDays);
}

/** The first day on which an attested result may become final. */
export function firstFinalDay(round: { attestedOn?: Known<Day>; objectionDays: number }): Day | undefined {
  const last = lastObjectionDay(round);
  return last === undefined ? undefined : addDays(last, 1);
}

/** The first day on which a verified milestone can be decided on: fixed by its verification; of older ones by the settings. */
export function firstDecisionDay(
  milestone: { acceptableFrom?: Known<Day>; verifiedOn?: Known<Day> },
  settings: Settings,
): Day | undefined {
  const { acceptableFrom, verifiedOn } = milestone;
  return acceptableFrom ?? (verifiedOn ? addDays(verifiedOn, settings.challengeDays) : undefined);
}

/** The day by which a verified milestone should be decided on. */
export function acceptanceDue({ verifiedOn }: { verifiedOn?: Known<Day> }): Day | undefined {
  return verifiedOn ? addDays(verifiedOn, ACCEPTANCE_DAYS) : undefined;
}

/** The day by which what was asked for should be paid. */
export function paymentDue({ requestedOn }: { requestedOn: Day }): Day {
  return addDays(requestedOn, PAYMENT_DAYS);
}

/** The first day on which proposals of a call are assessed; undefined where they are as they come. */
export function firstAssessmentDay(call: { closesOn: Day; rolling: boolean }): Day | undefined {
  return call.rolling ? undefined : addDays(call.closesOn, 1);
}

/** The last day of a vote: that of its closing instant in Italy. */
export function lastVotingDay({ closesAt }: { closesAt: string | Date }): Day {
  return legalDay(typeof closesAt === "string" ? instantMs(closesAt) : closesAt.getTime());
}

/** The days of a record on which a step depends, by the name of the term. */
export const daysOf = {
  call: (call: { opensOn: Day; closesOn: Day; rolling: boolean }) => ({
    call_opening: call.opensOn,
    call_closing: call.closesOn,
    after_call: firstAssessmentDay(call),
  }),
  proposal: ({ integrationDueOn }: { integrationDueOn?: Known<Day> }) => ({
    integration: integrationDueOn ?? undefined,
    after_integration: integrationDueOn ? addDays(integrationDueOn, 1) : undefined,
  }),
  round: (round: {
    opensOn: Day;
    closesAt: string | Date;
    attestedOn?: Known<Day>;
    objectionDays: number;
  }) => ({
    round_opening: round.opensOn,
    round_closing: lastVotingDay(round),
    objections: lastObjectionDay(round),
    after_objections: firstFinalDay(round),
  }),
  pact: ({ startsOn, endsOn }: { startsOn: Day; endsOn: Day }) => ({
    pact_start: startsOn,
    pact_end: endsOn,
    after_pact: addDays(endsOn, 1),
  }),
  milestone: (
    milestone: { dueOn: Day; acceptableFrom?: Known<Day>; verifiedOn?: Known<Day> },
    settings: Settings,
  ) => ({
    milestone_due: milestone.dueOn,
    challenge: firstDecisionDay(milestone, settings),
    acceptance: acceptanceDue(milestone),
  }),
  payment: (payment: { requestedOn: Day }) => ({ payment: paymentDue(payment) }),
  report: ({ dueOn }: { dueOn: Day }) => ({ report_due: dueOn }),
} as const satisfies { [T in RecordType]?: unknown };

type Days = { [T in keyof typeof daysOf]: ReturnType<(typeof daysOf)[T]> };
/** `call_closing`, `payment`, …: a day that a record has. */
export type TermName = { [T in keyof Days]: keyof Days[T] }[keyof Days];
/** The days that are known of what a step is about. */
export type TermDays = { readonly [T in TermName]?: Day | undefined };

/** What a municipality's settings say about a term, or the law in days. */
export const termSources: { readonly [T in TermName]?: keyof MunicipalitySettings | number } = {
  round_closing: "votingDays",
  objections: "objectionDays",
  after_objections: "objectionDays",
  pact_end: "longestPactYears",
  challenge: "challengeDays",
  acceptance: ACCEPTANCE_DAYS,
  payment: PAYMENT_DAYS,
};
