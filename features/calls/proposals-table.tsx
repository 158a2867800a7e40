import { useLocale, useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Table } from "@/components/ui/table";
import { formatNumber } from "@/lib/format";
import type { ProposalInCall } from "./proposal-list-queries";

/** Published proposals of a call, each leading to its commons. */
export function ProposalsTable({
  municipality,
  proposals,
}: {
  municipality: string;
  proposals: readonly ProposalInCall[];
}) {
  const t = useTranslations("calls");
  const state = useTranslations("states.proposal");
  const locale = useLocale();
  return (
    <Table
      caption={<span className="sr-only">{t("proposals")}</span>}
      rows={proposals}
      rowKey={({ id }) => id}
      empty={
        <EmptyState icon="idea" title={t("noProposals")}>
          {t("noProposalsText")}
        </EmptyState>
      }
      columns={[
        {
          key: "commons",
          header: t("commons"),
          rowHeader: true,
          cell: ({ commonsName, commonsSlug }) => (
            <TextLink
              href={{
                pathname: "/[municipality]/commons/[commons]",
                params: { municipality, commons: commonsSlug },
              }}
            >
              <Italian>{commonsName}</Italian>
            </TextLink>
          ),
        },
        { key: "proposal", header: t("proposal"), cell: ({ title }) => <Italian>{title}</Italian> },
        { key: "state", header: t("state"), cell: (row) => state(row.state as Parameters<typeof state>[0]) },
        {
          key: "score",
          header: t("score"),
          numeric: true,
          cell: ({ score }) => (score === null ? "–" : formatNumber(score / 100, locale)),
        },
        {
          key: "cost",
          header: t("cost"),
          numeric: true,
          cell: ({ costCents }) => <Money cents={costCents} />,
        },
      ]}
    />
  );
}
