/** Of what people are told, and how often. Pure. */
import type { EventEntry } from "@/protocol/events";
import type { TransactionName } from "@/protocol/transactions";

/** What a person chooses for: each kind has its own frequency. */
export const kinds = [
  "calls",
  "proposals",
  "rounds",
  "pacts",
  "money",
  "meetings",
  "comments",
  "deadlines",
  "office",
] as const;
export type ChosenKind = (typeof kinds)[number];
/** What waits for a person themselves is told at once, whatever they chose. */
export type Kind = ChosenKind | "duty";

/** Events so many that nobody hears of each by a mail of its own. */
export const digestOnly: readonly string[] = ["comments:written"];

export const frequencies = ["now", "daily", "weekly", "never"] as const;
export type Frequency = (typeof frequencies)[number];
export const DEFAULT_FREQUENCY: Frequency = "daily";

export const subscriptionKinds = [
  "commons",
  "proposal",
  "round",
  "pact",
  "district",
  "municipality",
  // Events are of none: what it asks for is sent by itself.
  "newsletter",
] as const;
export type SubscriptionKind = (typeof subscriptionKinds)[number];

/**
 * The kind of each transaction's event. Of the others nobody is told: they are many and alike, inner steps of a procedure, or
 * not public yet.
 */
export const kindOfTransaction: { readonly [T in TransactionName]?: ChosenKind } = {
  "calls:publish": "calls",
  "calls:extend": "calls",
  "proposals:publish": "proposals",
  "proposals:withdraw": "proposals",
  "proposals:merge": "proposals",
  "proposals:separate": "proposals",
  "proposals:startAssessment": "proposals",
  "proposals:requestIntegration": "proposals",
  "proposals:integrate": "proposals",
  "proposals:admit": "proposals",
  "proposals:reject": "proposals",
  "proposals:fund": "proposals",
  "proposals:reserve": "proposals",
  "proposals:startCoDesign": "proposals",
  "proposals:readyForPact": "proposals",
  "proposals:abandon": "proposals",
  "rounds:freeze": "rounds",
  "rounds:open": "rounds",
  "rounds:close": "rounds",
  "rounds:count": "rounds",
  "rounds:finalise": "rounds",
  "rounds:annul": "rounds",
  "sealed:prolong": "rounds",
  "pacts:draft": "pacts",
  "pacts:revise": "pacts",
  "pacts:approveDistrict": "pacts",
  "pacts:noteGiunta": "pacts",
  "pacts:approveGiunta": "pacts",
  "pacts:activate": "pacts",
  "pacts:suspend": "pacts",
  "pacts:resume": "pacts",
  "pacts:terminate": "pacts",
  "pacts:withdraw": "pacts",
  "pacts:expire": "pacts",
  "funds:commit": "money",
  "milestones:submitEvidence": "money",
  "milestones:accept": "money",
  "milestones:reject": "money",
  "milestones:decideObjection": "money",
  "milestones:cancel": "money",
  "payments:recordPaid": "money",
  "payments:recordReturned": "money",
  "reports:submit": "money",
};

export type About = {
  type:
    | "commons"
    | "round"
    | "pact"
    | "call"
    | "house"
    | "comment"
    | "meeting"
    | "reports"
    | "mine"
    | "office";
  id: string;
};

type Named = { readonly [member: string]: unknown };

/** What a transaction is about, as subscriptions name it. */
export function subjectsOf(commons: readonly string[], entries: readonly EventEntry[]): string[] {
  const found = new Set(commons.map((id) => `commons:${id}`));
  for (const { type, record } of entries) {
    const named = record as Named;
    if (type === "proposal" || type === "round" || type === "pact" || type === "call")
      found.add(`${type}:${String(named.id)}`);
    if (type === "pact" || type === "commitment") add(found, "proposal", named.proposal);
    if (type === "commitment") add(found, "pact", named.pact);
    if (type === "proposal") add(found, "pact", named.pact);
    if (type === "round")
      for (const project of named.projects as Named[]) add(found, "proposal", project.proposal);
  }
  return [...found];
}

/** The page that a transaction's event leads to. */
export function aboutOf(
  kind: ChosenKind,
  commons: readonly string[],
  entries: readonly EventEntry[],
): About | undefined {
  const idOf = (type: EventEntry["type"], member = "id") => {
    const found = entries.find((entry) => entry.type === type)?.record as Named | undefined;
    return found?.[member] === undefined ? undefined : String(found[member]);
  };
  const call = kind === "calls" ? idOf("call") : undefined;
  if (call) return { type: "call", id: call };
  const round = kind === "rounds" ? idOf("round") : undefined;
  if (round) return { type: "round", id: round };
  const pact = kind === "pacts" ? idOf("pact") : idOf("commitment", "pact");
  if (pact) return { type: "pact", id: pact };
  const [place] = commons;
  return place === undefined ? undefined : { type: "commons", id: place };
}

/** Whether a day, `YYYY-MM-DD`, is the one on which what is told once a week is told. */
export function isWeeklyDay(day: string): boolean {
  return new Date(`${day}T12:00:00Z`).getUTCDay() === 1;
}

/** Line breaks and other controls have no place in a header, and the Unicode ones turn a line around. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
}

function add(found: Set<string>, kind: SubscriptionKind, id: unknown): void {
  if (typeof id === "string") found.add(`${kind}:${id}`);
}
