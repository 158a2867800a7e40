import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { type Column, Table } from "@/components/ui/table";
import { formatNumber } from "@/lib/format";
import type { RoundProjectView } from "./queries";

/** The choices side by side, with what they cost together at the foot. */
export function ProjectTable({
  municipality,
  projects,
  children,
}: {
  municipality: string;
  projects: readonly RoundProjectView[];
  /** How many may be chosen. */
  children: ReactNode;
}) {
  const t = useTranslations("rounds.table");
  const locale = useLocale();
  const total = projects.reduce((sum, { costCents }) => sum + costCents, 0);
  const columns: Column<RoundProjectView>[] = [
    { key: "number", header: t("number"), numeric: true, cell: ({ number }) => number },
    {
      key: "project",
      header: t("project"),
      rowHeader: true,
      cell: ({ commonsSlug, title }) => (
        <TextLink
          href={{
            pathname: "/[municipality]/commons/[commons]",
            params: { municipality, commons: commonsSlug },
          }}
        >
          <Italian>{title}</Italian>
        </TextLink>
      ),
      foot: t("total"),
    },
    { key: "place", header: t("place"), cell: ({ commonsName }) => <Italian>{commonsName}</Italian> },
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
      foot: <Money cents={total} />,
    },
  ];
  return (
    <section className="space-y-4">
      <h2>{t("caption")}</h2>
      {children}
      <Table
        caption={<span className="sr-only">{t("caption")}</span>}
        columns={columns}
        rows={projects}
        rowKey={({ proposal }) => proposal}
      />
    </section>
  );
}
