import "server-only";
import { timesOfTransactions } from "@/features/office/scene-queries";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";

type Voucher = RecordOf<"voucher">;

export interface WaitingAtDesk {
  readonly station: string;
  readonly purpose: Voucher["purpose"];
  /** Of the operator who has seen them: the second one is of another. */
  readonly seenBy: Voucher["by"]["organisation"];
  readonly people: number;
  /** When the first of them was seen. */
  readonly since: Date | undefined;
}

/** People at the desks of a round whom one operator alone has seen: who waits longest first. */
export async function waitingAtDesks(municipality: string, round: string): Promise<WaitingAtDesk[]> {
  const rows = await db.chainVoucher.findMany({
    where: { municipality, round, state: "vouched" },
    orderBy: [{ block: "asc" }, { id: "asc" }],
    select: { record: true, transactionId: true },
  });
  const timeOf = await timesOfTransactions(municipality, rows);
  const seen = rows.map((row) => ({ voucher: row.record as unknown as Voucher, since: timeOf(row) }));
  const groups = Map.groupBy(seen, ({ voucher: { station, purpose, by } }) =>
    [station, purpose, by.organisation].join(" "),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { station, purpose, by } = first.voucher;
    return { station, purpose, seenBy: by.organisation, people: group.length, since: first.since };
  });
}
