import "server-only";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import { type PaymentView, paymentView, publishedName } from "./queries";

export type PaymentDetail = PaymentView & {
  lineName: string;
  reference: string | null;
  /** Every state it has had, in the order of the ledger. */
  steps: {
    state: string;
    day: string;
    role: string;
    organisation: string;
    transactionId: string;
    block: number;
  }[];
};

/** One payment with its whole history; null where the municipality has none of this id. */
export async function paymentById(municipality: string, id: string): Promise<PaymentDetail | null> {
  const row = (name: string) => ({ where: { municipality_id: { municipality, id: name } } });
  const payment = await db.chainPayment.findUnique(row(id));
  if (!payment) return null;
  const [entries, line, milestone, text, commons, subject] = await Promise.all([
    db.chainEntry.findMany({
      where: { municipality, type: "payment", recordId: id },
      orderBy: [{ block: "asc" }, { index: "asc" }],
    }),
    db.chainBudgetLine.findUnique(row(payment.line)),
    db.chainMilestone.findUnique(row(payment.milestone)),
    db.milestoneText.findUnique(row(payment.milestone)),
    db.commons.findUnique({ ...row(payment.commons), select: { id: true, slug: true, name: true } }),
    db.subject.findUnique({ ...row(payment.payee), select: { name: true, kind: true } }),
  ]);
  const transactions = await db.chainTransaction.findMany({
    where: { municipality, block: { in: entries.map(({ block }) => block) }, code: 0 },
  });
  const last = entries.at(-1)?.record as unknown as RecordOf<"payment"> | undefined;
  return {
    ...paymentView(payment, {
      ...{ commons, milestone, text },
      payee: subject ? publishedName(subject) : undefined,
      fictional: line?.fictional ?? false,
    }),
    lineName: line?.name ?? "",
    reference: last?.outcome?.reference ?? null,
    steps: entries.flatMap(({ block, index, record }) => {
      const transaction = transactions.find((row) => row.block === block && row.index === index);
      if (!transaction) return [];
      const { day, role, organisation, id: transactionId } = transaction;
      const { state } = record as unknown as RecordOf<"payment">;
      return [
        {
          state,
          day: day ?? "",
          role: role ?? "",
          organisation: organisation ?? "",
          transactionId,
          block: Number(block),
        },
      ];
    }),
  };
}
