import { useTranslations } from "next-intl";
import { LedgerMark } from "@/components/ledger-mark";
import { amountColumn } from "@/components/ui/amount-column";
import { DateText } from "@/components/ui/date-text";
import { DemoMark } from "@/components/ui/demo-mark";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Table } from "@/components/ui/table";
import type { PaymentRow, PaymentTotals } from "./payments-queries";

/** Payments as they were on the view's day, each with the transaction that left it so. */
export function ViewedPayments({
  municipality,
  payments,
  total,
  day,
}: {
  municipality: string;
  payments: readonly PaymentRow[];
  total: PaymentTotals;
  /** Where it is over: the pages of payments then say what they said at its end. */
  day: string | undefined;
}) {
  const t = useTranslations("controlRoom");
  const funds = useTranslations("funds");
  return (
    <Table
      caption={<span className="sr-only">{t("payments")}</span>}
      compact
      rows={payments}
      rowKey={({ id }) => id}
      empty={<p>{funds("noPayments")}</p>}
      columns={[
        {
          key: "payment",
          header: funds("payment"),
          rowHeader: true,
          foot: t("total"),
          cell: ({ id, milestone, title, commonsName, fictional }) => (
            <>
              <TextLink
                href={{
                  pathname: "/[municipality]/funds/[payment]",
                  params: { municipality, payment: id },
                  ...(day && { query: { al: day } }),
                }}
              >
                <Italian>{`${commonsName}: ${milestone}. ${title}`}</Italian>
              </TextLink>{" "}
              <DemoMark fictional={fictional} />
            </>
          ),
        },
        {
          key: "payee",
          header: funds("payee"),
          plain: true,
          cell: ({ payeeName }) => payeeName || funds("nodes.person"),
        },
        {
          key: "state",
          header: funds("state"),
          plain: true,
          cell: ({ state }) => funds(`payStates.${state as "paid"}`),
        },
        { key: "day", header: t("changedOn"), cell: ({ day: on }) => <DateText value={on} short /> },
        {
          key: "amount",
          header: funds("amount"),
          numeric: true,
          foot: <Money cents={total.cents} />,
          cell: ({ amountCents }) => <Money cents={amountCents} />,
        },
        {
          key: "paid",
          header: t("paid"),
          numeric: true,
          foot: <Money cents={total.paidCents} />,
          cell: ({ paidCents }) => <Money cents={paidCents} />,
        },
        ...amountColumn<PaymentRow>(
          "recovered",
          funds("recovered"),
          total.recoveredCents,
          ({ recoveredCents }) => recoveredCents,
        ),
        {
          key: "ledger",
          header: funds("ledger"),
          plain: true,
          cell: ({ block, transactionId }) => (
            <LedgerMark
              municipality={municipality}
              status={{ state: "recorded", block, transaction: transactionId }}
            />
          ),
        },
      ]}
    />
  );
}
