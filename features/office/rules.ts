/** What waits for an office, and in which order. Pure. */
import { legalDay } from "@/protocol/days";
import { finalFrom } from "@/features/rounds/rules";

export const waitingKinds = [
  "publishProposal",
  "startAssessment",
  "score",
  "decideProposal",
  "prepareRound",
  "openRound",
  "closeRound",
  "countRound",
  "attestRound",
  "finaliseRound",
  "decideProjects",
  "decideObjection",
  "coDesign",
  "pactReady",
  "approvePact",
  "signPact",
  "briefing",
  "insurance",
  "activatePact",
  "verifyMilestone",
  "acceptMilestone",
  "checkPayment",
  "liquidatePayment",
  "orderPayment",
  "recordOutcome",
  "confirmSettings",
] as const;
export type WaitingKind = (typeof waitingKinds)[number];

/** The page where the step is taken, with what stands in its address. */
export type WaitingPlace =
  | { page: "proposal" | "round" | "coDesign"; id: string }
  | { page: "newRound"; call: string }
  | { page: "settings" }
  /** `milestone` is where on the page, when it is not the pact as a whole. */
  | { page: "pact"; slug: string; milestone?: string };

export type Waiting = {
  kind: WaitingKind;
  id: string;
  title: string;
  /** The chain's day on which the record took its present form. */
  since: string;
  /** Where law or rules set a term. */
  dueOn?: string;
  place: WaitingPlace;
};

/** Oldest first; of the same day, what is due sooner, then by id so that the order never jumps. */
export function oldestFirst(items: readonly Waiting[]): Waiting[] {
  const never = "9999-12-31";
  return [...items].sort(
    (a, b) => compare(a.since, b.since) || compare(a.dueOn ?? never, b.dueOn ?? never) || compare(a.id, b.id),
  );
}

export type RoundFacts = {
  state: string;
  opensOn: string;
  closesAt: Date;
  attestedOn: string | null;
  objectionDays: number;
  openObjections: number;
};

/** The step a round waits for by the chain's day and the clock, or none while it only has to run. */
export function roundStep(
  round: RoundFacts,
  day: string,
  now: Date,
): { kind: WaitingKind; dueOn?: string } | undefined {
  switch (round.state) {
    case "frozen":
      return round.opensOn <= day ? { kind: "openRound", dueOn: round.opensOn } : undefined;
    case "open":
      return round.closesAt <= now
        ? { kind: "closeRound", dueOn: legalDay(round.closesAt.getTime()) }
        : undefined;
    case "closed":
      return { kind: "countRound" };
    case "counted":
      return { kind: "attestRound" };
    case "attested": {
      const free = (finalFrom(round) ?? day) <= day;
      return free && round.openObjections === 0 ? { kind: "finaliseRound" } : undefined;
    }
    default:
      return undefined;
  }
}

/** Who takes a payment further, by its state. */
export const paymentSteps = {
  requested: { kind: "checkPayment", transaction: "payments:check" },
  checked: { kind: "liquidatePayment", transaction: "payments:liquidate" },
  liquidated: { kind: "orderPayment", transaction: "payments:order" },
  ordered: { kind: "recordOutcome", transaction: "payments:recordPaid" },
} as const;

/**
 * Whether something in a district is for somebody: roles given for one district count there alone. What lies in no
 * known district is for all of them.
 */
export function inTheirDistrict(
  roles: readonly { district?: number }[],
  district: number | null | undefined,
): boolean {
  if (district === null || district === undefined) return roles.length > 0;
  return roles.some((role) => role.district === undefined || role.district === district);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
