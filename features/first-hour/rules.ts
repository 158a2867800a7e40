/** What a new Comune has and what it lacks, in the order in which it is set up. Pure. */
import type { ActRole } from "@/protocol/acts/roles";
import { actRoles } from "@/protocol/acts/roles";
import type { Organisation } from "@/protocol/primitives";
import { type TransactionName, transactions } from "@/protocol/transactions";

export const steps = [
  ...(["profile", "privacy", "accessibility", "emblem"] as const),
  ...(["organisations", "callPeople", "people", "settings"] as const),
  ...(["houses", "districts", "map", "lines", "roll"] as const),
  ...(["signIn", "mail", "call"] as const),
] as const;
export type Step = (typeof steps)[number];

/** Before what each step has to be done; `later` at any time. */
export const neededBefore = {
  ...({ profile: "call", privacy: "call", accessibility: "call", emblem: "later" } as const),
  ...({ organisations: "call", callPeople: "call", people: "vote", settings: "call" } as const),
  ...({ houses: "later", districts: "later", map: "later", lines: "call", roll: "vote" } as const),
  ...({ signIn: "call", mail: "later", call: "later" } as const),
} as const satisfies Record<Step, "call" | "vote" | "later">;

export type StepState = "done" | "missing" | "not_needed";

/** Who acts for an organisation, or what is not there for somebody to act. */
export type OrganisationState = "ready" | "absent" | "no_administrator" | "no_key";

/**
 * How people sign in: by a provider that is configured, by SPID and CIE, by the trial's provider; `not_member` where the
 * federations do not know this Comune, `wrong` where their settings cannot be used.
 */
export type SignInState = "provider" | "federation" | "trial" | "not_member" | "wrong";

/** An office that somebody holds today and can sign for. */
export type ActingOffice = { role: string; organisation: Organisation; person: string; district?: string };

export type Facts = {
  /** Founded as a trial. */
  trial: boolean;
  profile: { contacts: boolean; privacy: boolean; accessibility: boolean };
  emblem: boolean;
  organisations: Readonly<Record<Organisation, OrganisationState>>;
  acting: readonly ActingOffice[];
  settings: boolean;
  houses: number;
  /** Numbers of the districts that boundaries, houses or offices name. */
  districts: readonly string[];
  /** Those of which there is a boundary. */
  outlined: readonly string[];
  /** Whether there is a boundary of the Comune or a background. */
  map: boolean;
  lines: number;
  roll: number;
  signIn: SignInState;
  /** Whether mail leaves; in a trial, whether it is shown. */
  mail: boolean;
  /** Calls that are published. */
  calls: number;
};

/** The steps from the publication of a call to the decision on its proposals: for each somebody must be able to sign. */
export const callSteps = [
  ...(["calls:publish", "proposals:publish", "proposals:startAssessment"] as const),
  ...(["proposals:score", "proposals:admit"] as const),
] as const satisfies readonly TransactionName[];

/** Roles in which somebody acts for one district; whoever holds one without a district acts for all. */
const ofDistricts: readonly ActRole[] = ["district_council", "coordinator"];

export type VacantRole = { role: ActRole; districts?: readonly string[] };

/** The roles of a call's steps in which nobody can sign. */
export function vacantForCall({ acting }: Pick<Facts, "acting">): ActRole[] {
  const wanting = callSteps
    .map((step) => actRoles.filter((role) => transactions[step].roles.includes(role)))
    .filter((roles) => !roles.some((role) => acting.some((held) => held.role === role)));
  return [...new Set(wanting.flat())];
}

/**
 * The other roles in which nobody can sign, those of districts by district. Administrators are told of organisation by
 * organisation; where there are no districts, nobody is missing for one.
 */
export function vacantLater({ acting, districts }: Pick<Facts, "acting" | "districts">): VacantRole[] {
  const ofCall = new Set(callSteps.flatMap((step) => transactions[step].roles as readonly string[]));
  return actRoles
    .filter((role) => role !== "administrator" && !ofCall.has(role))
    .flatMap((role): VacantRole[] => {
      if (role === "district_council" && districts.length === 0) return [];
      const held = acting.filter((one) => one.role === role);
      if (!ofDistricts.includes(role)) return held.length > 0 ? [] : [{ role }];
      if (held.length === 0) return [{ role }];
      if (held.some(({ district }) => district === undefined)) return [];
      const left = districts.filter((district) => !held.some((one) => one.district === district));
      return left.length > 0 ? [{ role, districts: left }] : [];
    });
}

/** Whether people are who they say: the trial's sign-in, where everybody chooses, is good for a trial alone. */
function isSignInReady({ signIn, trial }: Pick<Facts, "signIn" | "trial">): boolean {
  return signIn === "provider" || signIn === "federation" || (signIn === "trial" && trial);
}

/** The districts of which there is no boundary. */
export function withoutOutline({ districts, outlined }: Pick<Facts, "districts" | "outlined">): string[] {
  return districts.filter((district) => !outlined.includes(district));
}

export function judge(facts: Facts): Record<Step, StepState> {
  const done = (is: boolean): StepState => (is ? "done" : "missing");
  return {
    profile: done(facts.profile.contacts),
    privacy: done(facts.profile.privacy),
    // AgID takes declarations of sites that people use, not of trials.
    accessibility:
      facts.trial && !facts.profile.accessibility ? "not_needed" : done(facts.profile.accessibility),
    emblem: done(facts.emblem),
    organisations: done(Object.values(facts.organisations).every((state) => state === "ready")),
    callPeople: done(vacantForCall(facts).length === 0),
    people: done(vacantLater(facts).length === 0),
    settings: done(facts.settings),
    houses: done(facts.houses > 0),
    districts: facts.districts.length === 0 ? "not_needed" : done(withoutOutline(facts).length === 0),
    map: done(facts.map),
    lines: done(facts.lines > 0),
    roll: done(facts.roll > 0),
    signIn: done(isSignInReady(facts)),
    mail: done(facts.mail),
    call: done(facts.calls > 0),
  };
}

/** What is missing before something, in the order in which it is set up. What a call needs, a vote needs too. */
export function missingBefore(what: "call" | "vote", facts: Facts): Step[] {
  const states = judge(facts);
  const needed = (step: Step) =>
    neededBefore[step] === "call" || (what === "vote" && neededBefore[step] === "vote");
  return steps.filter((step) => needed(step) && states[step] === "missing");
}

/** Whether what is done can be folded away: at most a third of all that is needed is still missing. */
export function isNearlyDone(states: Readonly<Record<Step, StepState>>): boolean {
  const needed = steps.filter((step) => states[step] !== "not_needed");
  return 3 * needed.filter((step) => states[step] === "missing").length <= needed.length;
}
