import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Table } from "@/components/ui/table";
import type { Matched } from "./matching";
import { orderName, outcomeSentence, type Sentences } from "./reconciliation-table";
import { settlementWords } from "./settlement-words";

/** Payments with what the treasury says of each, and what follows from it. */
export function OutcomesTable({
  municipality,
  caption,
  payments,
  onTheirWay,
  empty,
}: {
  municipality: string;
  caption: string;
  payments: readonly Matched[];
  onTheirWay: ReadonlySet<string>;
  empty: ReactNode;
}) {
  const t = useTranslations("treasury");
  const locale = useLocale();
  const states = useTranslations("funds.payStates");
  return (
    <Table
      caption={caption}
      rows={payments}
      rowKey={({ payment }) => payment.id}
      empty={empty}
      columns={[
        {
          ...{ key: "order", header: t("columns.order"), rowHeader: true },
          cell: ({ key, payment }) => (
            <TextLink
              href={{
                pathname: "/[municipality]/funds/[payment]",
                params: { municipality, payment: payment.id },
              }}
            >
              {orderName(key, payment.orderNumber)}
            </TextLink>
          ),
        },
        {
          ...{ key: "amount", header: t("columns.amount"), numeric: true },
          cell: ({ payment }) => <Money cents={payment.amountCents} />,
        },
        {
          ...{ key: "state", header: t("columns.ledger") },
          cell: ({ payment }) => states(payment.state as "paid"),
        },
        {
          ...{ key: "outcome", header: t("columns.outcome") },
          cell: (matched) =>
            outcomeSentence(
              t as unknown as Sentences,
              settlementWords(matched, onTheirWay.has(matched.payment.id)),
              locale,
            ),
        },
      ]}
    />
  );
}
