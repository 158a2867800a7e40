import { useTranslations } from "next-intl";
import { amountColumn } from "@/components/ui/amount-column";
import { DateText } from "@/components/ui/date-text";
import { DemoMark } from "@/components/ui/demo-mark";
import type { IconName } from "@/components/ui/icon";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { State, type Tone } from "@/components/ui/state";
import { TabBar } from "@/components/ui/tab-bar";
import { Table } from "@/components/ui/table";
import { type PaymentSort, type PaymentState, type PaymentView, paymentStates } from "./payment-list";
import type { PaymentList } from "./payment-list-queries";

const looks: Record<PaymentState, { icon: IconName; tone: Tone }> = {
  requested: { icon: "hourglass", tone: "neutral" },
  checked: { icon: "check", tone: "info" },
  liquidated: { icon: "document", tone: "info" },
  ordered: { icon: "send", tone: "info" },
  paid: { icon: "check-circle", tone: "success" },
  refused: { icon: "x-circle", tone: "neutral" },
  returned: { icon: "x-circle", tone: "danger" },
};

export function PaymentStateMark({ state }: { state: string }) {
  const t = useTranslations("funds.payStates");
  return <State {...looks[state as PaymentState]}>{t(state as PaymentState)}</State>;
}

/** The states as views of the same list, each with its address. */
export function PaymentsFilter({ municipality, state }: { municipality: string; state: string }) {
  const t = useTranslations("funds");
  const all = useTranslations("ui.filters");
  const href = (stato: string) => ({
    pathname: "/[municipality]/funds" as const,
    params: { municipality },
    ...(stato && { query: { stato } }),
  });
  return (
    <TabBar
      label={t("filterState")}
      items={[
        { href: href(""), label: all("all"), current: state === "" },
        ...paymentStates.map((name) => ({
          href: href(name),
          label: t(`payStates.${name}`),
          current: state === name,
        })),
      ]}
    />
  );
}

export function PaymentsTable({
  municipality,
  list: { payments, count, totalCents, recoveredCents },
  state,
  sort,
}: {
  municipality: string;
  list: PaymentList;
  state: string;
  sort: PaymentSort;
}) {
  const t = useTranslations("funds");
  return (
    <Table
      caption={<span className="sr-only">{t("payments")}</span>}
      compact
      rows={payments}
      rowKey={({ id }) => id}
      empty={<p>{t("noPayments")}</p>}
      sort={sort}
      sortHref={(column, direction) => ({
        pathname: "/[municipality]/funds",
        params: { municipality },
        query: { ordina: column, verso: direction, ...(state && { stato: state }) },
      })}
      columns={[
        {
          key: "payment",
          header: t("payment"),
          rowHeader: true,
          foot: t("totalOf", { count }),
          cell: ({ id, milestone }) => (
            <TextLink
              href={{ pathname: "/[municipality]/funds/[payment]", params: { municipality, payment: id } }}
            >
              {milestone.number}. <Italian>{milestone.title}</Italian>
            </TextLink>
          ),
        },
        {
          key: "commons",
          header: t("commons"),
          plain: true,
          sortable: true,
          cell: ({ commons }) => (
            <TextLink
              href={{
                pathname: "/[municipality]/commons/[commons]",
                params: { municipality, commons: commons.slug },
              }}
            >
              <Italian>{commons.name}</Italian>
            </TextLink>
          ),
        },
        {
          key: "payee",
          header: t("payee"),
          plain: true,
          sortable: true,
          cell: ({ payee }) => payee || t("nodes.person"),
        },
        {
          key: "requestedOn",
          header: t("requestedOn"),
          sortable: true,
          cell: ({ requestedOn }) => <DateText value={requestedOn} short />,
        },
        {
          key: "state",
          header: t("state"),
          plain: true,
          sortable: true,
          cell: ({ state: name }) => <PaymentStateMark state={name} />,
        },
        {
          key: "amount",
          header: t("amount"),
          plain: true,
          numeric: true,
          sortable: true,
          foot: <Money cents={totalCents} />,
          cell: ({ amountCents, fictional }) => (
            <>
              <Money cents={amountCents} /> <DemoMark fictional={fictional} />
            </>
          ),
        },
        ...amountColumn<PaymentView>(
          "recovered",
          t("recovered"),
          recoveredCents,
          (payment) => payment.recoveredCents,
        ),
      ]}
    />
  );
}
