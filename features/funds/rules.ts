/** What is late by the chain's day, and by how much. Pure. */
import { daysBetween } from "@/lib/format";

export type LateItem = {
  kind: "milestone" | "report" | "acceptance" | "payment";
  id: string;
  commons: string;
  dueOn: string;
  /** Whole days past `dueOn`. */
  days: number;
  amountCents: bigint;
};

/** Days the offices have to accept a verified milestone, and to have an accepted payment request paid (D.Lgs. 231/2002). */
export const ACCEPTANCE_DAYS = 30;
export const PAYMENT_DAYS = 30;

export type DatedRows = {
  milestones: readonly {
    id: string;
    commons: string;
    state: string;
    dueOn: string;
    verifiedOn: string | null;
    amountCents: bigint;
  }[];
  reports: readonly { id: string; commons: string; dueOn: string; submittedOn: string | null }[];
  payments: readonly {
    id: string;
    commons: string;
    state: string;
    requestedOn: string;
    amountCents: bigint;
  }[];
};

/** Late items, the latest first. */
export function lateItems(rows: DatedRows, day: string): LateItem[] {
  const items: LateItem[] = [];
  const add = (kind: LateItem["kind"], id: string, commons: string, dueOn: string, amountCents: bigint) => {
    const days = daysBetween(dueOn, day);
    if (days > 0) items.push({ kind, id, commons, dueOn, days, amountCents });
  };
  for (const { id, commons, state, dueOn, verifiedOn, amountCents } of rows.milestones) {
    if (state === "planned") add("milestone", id, commons, dueOn, amountCents);
    if (state === "verified" && verifiedOn)
      add("acceptance", id, commons, plusDays(verifiedOn, ACCEPTANCE_DAYS), amountCents);
  }
  for (const { id, commons, dueOn, submittedOn } of rows.reports)
    if (!submittedOn) add("report", id, commons, dueOn, 0n);
  for (const { id, commons, state, requestedOn, amountCents } of rows.payments)
    if (["requested", "checked", "liquidated", "ordered"].includes(state))
      add("payment", id, commons, plusDays(requestedOn, PAYMENT_DAYS), amountCents);
  return items.sort((a, b) => b.days - a.days || (a.id < b.id ? -1 : 1));
}

/** A calendar day some days later, both `YYYY-MM-DD`. */
export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
