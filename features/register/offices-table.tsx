import { useTranslations } from "next-intl";
import { DateText } from "@/components/ui/date-text";
import { PlainLink, TextLink } from "@/components/ui/link";
import { type Direction, Table } from "@/components/ui/table";
import { OfficeRole, OfficeState } from "./office-state";
import type { OfficeView } from "./queries";

/** Who held which office when, with the act that gave it and the transaction that wrote it last. */
export function OfficesTable({
  municipality,
  offices,
  sort,
  query,
}: {
  municipality: string;
  offices: readonly OfficeView[];
  sort: { column: string; direction: Direction };
  /** What the address says beside the order. */
  query: Readonly<Record<string, string>>;
}) {
  const t = useTranslations("register");
  const organisations = useTranslations("organisations");
  return (
    <Table
      caption={<span className="sr-only">{t("table")}</span>}
      compact
      rows={offices}
      rowKey={({ id }) => id}
      empty={<p>{t("none")}</p>}
      sort={sort}
      sortHref={(column, direction) => ({
        pathname: "/[municipality]/register",
        params: { municipality },
        query: { ...query, ordina: column, verso: direction },
      })}
      columns={[
        {
          ...{ key: "person", header: t("person"), rowHeader: true, sortable: true },
          cell: ({ name }) => name || t("noName"),
        },
        {
          ...{ key: "role", header: t("role"), sortable: true, plain: true },
          cell: (row) => <OfficeRole {...row} />,
        },
        {
          ...{ key: "organisation", header: t("organisation"), sortable: true },
          cell: ({ organisation }) => organisations(organisation),
        },
        {
          ...{ key: "from", header: t("from"), sortable: true },
          cell: ({ from }) => <DateText value={from} short />,
        },
        {
          ...{ key: "until", header: t("until"), sortable: true },
          plain: ({ until }) => until === undefined,
          cell: ({ until }) => (until === undefined ? t("noEnd") : <DateText value={until} short />),
        },
        { key: "state", header: t("state"), plain: true, cell: (row) => <OfficeState {...row} /> },
        { key: "act", header: t("act"), plain: true, cell: ({ act }) => <ActName act={act} /> },
        {
          ...{ key: "proof", header: t("proof"), plain: true },
          cell: ({ transactionId }) => (
            <TextLink
              href={{
                pathname: "/[municipality]/verify/[transaction]",
                params: { municipality, transaction: transactionId },
              }}
            >
              {t("seeProof")}
            </TextLink>
          ),
        },
      ]}
    />
  );
}

export function ActName({ act }: { act: OfficeView["act"] }) {
  const t = useTranslations("acts");
  const text = `${t(`kind.${act.kind}`)} ${act.number}`;
  return act.href ? <PlainLink href={act.href}>{text}</PlainLink> : text;
}
