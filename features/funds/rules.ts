/** What is late by the chain's day, and by how much. Pure. */
import { daysBetween } from "@/lib/format";
import { duesOf } from "@/protocol/workflow/awaited";
import { daysOf, type TermDays, type TermName } from "@/protocol/workflow/terms";

export type LateItem = {
  kind: "milestone" | "report" | "acceptance" | "payment";
  id: string;
  commons: string;
  dueOn: string;
  /** Whole days past `dueOn`. */
  days: number;
  amountCents: bigint;
};

const lateKinds: { readonly [T in TermName]?: LateItem["kind"] } = {
  milestone_due: "milestone",
  acceptance: "acceptance",
  report_due: "report",
  payment: "payment",
};

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
  const add = (
    record: "milestone" | "report" | "payment",
    { id, commons }: { id: string; commons: string },
    state: string,
    terms: TermDays,
    amountCents: bigint,
  ) => {
    for (const { term, on: dueOn } of duesOf(record, state, terms)) {
      const days = daysBetween(dueOn, day);
      const kind = lateKinds[term];
      if (kind && days > 0) items.push({ kind, id, commons, dueOn, days, amountCents });
    }
  };
  const unsettled = { challengeDays: 0 };
  for (const row of rows.milestones)
    add("milestone", row, row.state, daysOf.milestone(row, unsettled), row.amountCents);
  for (const row of rows.reports)
    add("report", row, row.submittedOn ? "submitted" : "owed", daysOf.report(row), 0n);
  for (const row of rows.payments) add("payment", row, row.state, daysOf.payment(row), row.amountCents);
  return items.sort((a, b) => b.days - a.days || (a.id < b.id ? -1 : 1));
}
