import "server-only";
import { db } from "@/lib/db";
import { withoutPersonalCodes } from "@/lib/personal-codes";
import type { RecordOf } from "@/protocol/records";
import { type Decided, decidedOf } from "./commitment-queries";
import type { PaymentView } from "./payment-list";
import { publishedName } from "./rules";

export type PaymentDetail = PaymentView & {
  lineName: string;
  lineYear: number;
  /** The year of the line that its commitment was carried over from; null where it is of the year it was made in. */
  carriedFromYear: number | null;
  reference: string | null;
  /** What came back after it was paid, one entry for each time. */
  recoveries: { amountCents: bigint; on: string; reference: string }[];
  /** One person of the accounting office cleared and ordered it, as the settings allow where there is only one. */
  byOneAccountant: boolean;
  /** By how much and why it was reduced, or why it was refused. */
  decided: Decided;
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

/**
 * One payment with its whole history; null where the municipality has none of this id.
 * @param day as it was at the end of this day, from the ledger; without it as it is
 */
export async function paymentById(
  municipality: string,
  id: string,
  day?: string,
): Promise<PaymentDetail | null> {
  const row = (name: string) => ({ where: { municipality_id: { municipality, id: name } } });
  const payment = await db.chainPayment.findUnique(row(id));
  if (!payment) return null;
  const [all, line, milestone, text, commons, subject] = await Promise.all([
    db.chainEntry.findMany({
      where: { municipality, type: "payment", recordId: id },
      orderBy: [{ block: "asc" }, { index: "asc" }],
    }),
    db.chainBudgetLine.findUnique(row(payment.line)),
    db.chainMilestone.findUnique(row(payment.milestone)),
    db.milestoneText.findUnique(row(payment.milestone)),
    db.commons.findUnique({ ...row(payment.commons), select: { slug: true, name: true } }),
    db.subject.findUnique({ ...row(payment.payee), select: { name: true, kind: true } }),
  ]);
  const committed = await db.chainCommitment.findUnique(row(payment.commitment));
  const { carriedFrom } = (committed?.record ?? {}) as Partial<RecordOf<"commitment">>;
  const earlier = carriedFrom && (await db.chainBudgetLine.findUnique(row(carriedFrom.line)));
  const transactions = await db.chainTransaction.findMany({
    where: { municipality, block: { in: all.map(({ block }) => block) }, code: 0 },
  });
  const of = ({ block, index }: { block: bigint; index: number }) =>
    transactions.find((row) => row.block === block && row.index === index);
  const entries = day === undefined ? all : all.filter((entry) => (of(entry)?.day ?? "") <= day);
  const left = entries.at(-1);
  if (!left) return null;
  const last = left.record as unknown as RecordOf<"payment">;
  return {
    ...{ id: payment.id, state: last.state, amountCents: BigInt(last.amountCents) },
    recoveredCents: BigInt(last.recoveredCents),
    ...{ requestedOn: last.requestedOn, paidOn: last.outcome?.on ?? null },
    ...{ orderNumber: last.orderNumber ?? null, transactionId: of(left)?.id ?? payment.transactionId },
    payee: subject ? publishedName(subject) : "",
    commons: commons ?? { slug: "", name: "" },
    milestone: { number: milestone?.number ?? 0, title: text?.title ?? "" },
    fictional: line?.fictional ?? false,
    lineName: line?.name ?? "",
    lineYear: line?.year ?? 0,
    carriedFromYear: earlier?.year ?? null,
    reference: last.outcome ? withoutPersonalCodes(last.outcome.reference) : null,
    recoveries: last.recoveries.map(({ amountCents, on, reference }) => ({
      ...{ amountCents: BigInt(amountCents), on, reference: withoutPersonalCodes(reference) },
    })),
    decided: decidedOf(last),
    byOneAccountant:
      last.orderedBy?.role === "accountant" && last.orderedBy.person === last.liquidatedBy?.person,
    steps: entries.flatMap(({ block, index, record }) => {
      const transaction = of({ block, index });
      if (!transaction) return [];
      const { day: on, role, organisation, id: transactionId } = transaction;
      const { state } = record as unknown as RecordOf<"payment">;
      return [
        {
          state,
          day: on ?? "",
          role: role ?? "",
          organisation: organisation ?? "",
          transactionId,
          block: Number(block),
        },
      ];
    }),
  };
}
