import { useTranslations } from "next-intl";
import { DateText } from "@/components/ui/date-text";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { Table } from "@/components/ui/table";
import type { ImportView } from "./queries";

/** What was imported, when and by whom, the latest first. */
export function ImportsTable({
  municipality,
  imports,
}: {
  municipality: string;
  imports: readonly ImportView[];
}) {
  const t = useTranslations("treasury");
  return (
    <section aria-labelledby="imports" className="space-y-4">
      <h2 id="imports">{t("imports")}</h2>
      <Table
        caption={t("importsCaption")}
        rows={imports}
        rowKey={({ id }) => id}
        empty={<EmptyState icon="upload" title={t("noImports")} />}
        columns={[
          {
            ...{ key: "at", header: t("columns.at"), rowHeader: true },
            cell: ({ id, at }) => (
              <TextLink
                href={{
                  pathname: "/[municipality]/office/treasury/[import]",
                  params: { municipality, import: id },
                }}
              >
                <DateText value={at} />
              </TextLink>
            ),
          },
          { key: "source", header: t("columns.source"), cell: ({ source }) => t(`sources.${source}`) },
          { key: "by", header: t("columns.by"), cell: ({ by }) => by ?? "–" },
          { key: "state", header: t("columns.state"), cell: ({ state }) => t(`states.${state}`) },
          { key: "rows", header: t("columns.rows"), numeric: true, cell: ({ rows }) => rows },
          { key: "own", header: t("columns.own"), numeric: true, cell: ({ ownRows }) => ownRows },
        ]}
      />
    </section>
  );
}
