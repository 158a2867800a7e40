import "server-only";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import { upgradeRecord } from "@/protocol/upgrade";

export type LineView = {
  id: string;
  fund: string;
  name: string;
  year: number;
  kind: string;
  budgetCents: bigint;
  committedCents: bigint;
  acceptedCents: bigint;
  paidCents: bigint;
  /** Carried over to this line from earlier years, and from it to later ones. */
  carriedInCents: bigint;
  carriedOutCents: bigint;
  fictional: boolean;
  transactionId: string;
  block: string;
};

export type Totals = Pick<LineView, "budgetCents" | "committedCents" | "acceptedCents" | "paidCents">;
export type BudgetView = { lines: LineView[]; totals: Totals };

/** The budget lines of a municipality, of one year or of all, with their sums. */
export async function budgetOf(municipality: string, year?: number): Promise<BudgetView> {
  const rows = await db.chainBudgetLine.findMany({
    where: { municipality, ...(year !== undefined && { year }) },
    orderBy: [{ year: "desc" }, { fund: "asc" }, { name: "asc" }],
  });
  const total = (member: keyof Totals) => rows.reduce((sum, row) => sum + row[member], 0n);
  return {
    lines: rows.map(({ id, fund, name, kind, fictional, transactionId, block, record, ...row }) => ({
      ...{ id, fund, name, kind, fictional, transactionId, year: row.year, block: block.toString() },
      ...{ budgetCents: row.budgetCents, committedCents: row.committedCents },
      ...{ acceptedCents: row.acceptedCents, paidCents: row.paidCents },
      ...carriedOf(record as unknown as RecordOf<"budget_line">),
    })),
    totals: {
      ...{ budgetCents: total("budgetCents"), committedCents: total("committedCents") },
      ...{ acceptedCents: total("acceptedCents"), paidCents: total("paidCents") },
    },
  };
}

function carriedOf(record: RecordOf<"budget_line">) {
  const { carriedInCents, carriedOutCents } = upgradeRecord("budget_line", record);
  return { carriedInCents: BigInt(carriedInCents), carriedOutCents: BigInt(carriedOutCents) };
}
