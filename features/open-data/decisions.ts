/** A feed of decisions (Atom, RFC 4287). */
import type { AtomEntry } from "@/lib/export/atom";

export type Decision = {
  transactionId: string;
  title: string;
  /** What it is about. */
  about: string;
  time: Date;
  /** The page that proves it. */
  link: string;
};

/** Transactions by which an office decides, or a pact begins and ends. */
export const decisionNames = [
  "calls:publish",
  "calls:extend",
  "proposals:admit",
  "proposals:reject",
  "proposals:merge",
  "proposals:separate",
  "proposals:fund",
  "proposals:reserve",
  "rounds:finalise",
  "pacts:approveDistrict",
  "pacts:noteGiunta",
  "pacts:approveGiunta",
  "pacts:activate",
  "pacts:terminate",
  "pacts:withdraw",
  "funds:openLine",
  "funds:changeBudget",
  "funds:commit",
  "funds:publishGrant",
  "funds:release",
  "funds:carryOver",
  "funds:allowSettlement",
  "payments:liquidate",
] as const;

/** As an entry of a feed (Atom). */
export function decisionEntry({ transactionId, title, about, time, link }: Decision): AtomEntry {
  const id = `urn:co-city:transaction:${transactionId}`;
  return { id, title: about ? `${title} – ${about}` : title, time, link };
}
