/** What waits for somebody, and in which order. Pure. */

import type { StepName } from "@/features/workflow/rules";
import type { RoleHeld, Viewer } from "@/lib/permissions";
import { type Awaited, awaitedOn, isOpen } from "@/protocol/workflow/awaited";
import { daysOf, type TermName } from "@/protocol/workflow/terms";

/** The page where the step is taken, with what stands in its address. */
export type WaitingPlace =
  | { page: "proposal" | "coDesign" | "draft"; id: string }
  /** `at` is where on the page, when it is not the round as a whole. */
  | { page: "round"; id: string; at?: "desk" }
  | { page: "newRound"; call: string }
  | { page: "settings" | "register" | "signatures" }
  | { page: "moderation" | "comment"; id: string }
  /** `milestone` is where on the page, when it is not the pact as a whole. */
  | { page: "pact"; slug: string; milestone?: string };

export type Waiting = {
  transaction: StepName;
  id: string;
  title: string;
  /** The chain's day on which the record took its present form. */
  since: string;
  /** The hour since which it can be done, where an hour decides. */
  sinceHour?: Date;
  /** Where law or rules set a term, and which. */
  dueOn?: string;
  term?: TermName;
  /** Of a milestone or payment. */
  amountCents?: bigint;
  /** The amount is invented. */
  fictional?: boolean;
  place: WaitingPlace;
  commonsName?: string;
  /** The offices of which one has to act. */
  offices?: readonly OfficeHolder[];
};

export type OfficeHolder = Pick<RoleHeld, "organisation" | "role">;

type Sortable = Pick<Waiting, "since" | "dueOn" | "id">;

/** Oldest first; of the same day, what is due sooner, then by id so that the order never jumps. */
export function oldestFirst<T extends Sortable>(items: readonly T[]): T[] {
  const never = "9999-12-31";
  return [...items].sort(
    (a, b) => compare(a.since, b.since) || compare(a.dueOn ?? never, b.dueOn ?? never) || compare(a.id, b.id),
  );
}

/** What is due soonest first, so that what is late stands on top; then what waits longest. */
export function mostUrgentFirst<T extends Sortable>(items: readonly T[]): T[] {
  const never = "9999-12-31";
  return [...items].sort(
    (a, b) => compare(a.dueOn ?? never, b.dueOn ?? never) || compare(a.since, b.since) || compare(a.id, b.id),
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

/** The steps a round waits for by the chain's day, or none while it only has to run; its closing has an hour besides. */
export function roundSteps(round: RoundFacts, day: string): Awaited[] {
  return awaitedOn("round", { round: round.state }, daysOf.round(round), day).filter((step) => {
    if (step.transaction === "rounds:finalise" && round.openObjections > 0) return false;
    return isOpen(step, day);
  });
}

/** Nobody in particular, who holds these roles in a municipality: to ask what waits for whoever holds them. */
export function nobodyWith(municipality: string, roles: readonly Omit<RoleHeld, "municipality">[]): Viewer {
  return {
    ...{ id: "nobody", name: "", language: "it" },
    roles: roles.map((held) => ({ municipality, ...held })),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
