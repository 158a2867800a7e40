/** What the thread of a commons says of a transaction. Pure. */
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
