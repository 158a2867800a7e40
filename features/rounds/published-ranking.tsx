import { getLocale, getTranslations } from "next-intl/server";
import { PlainLink } from "@/components/ui/link";
import { Table } from "@/components/ui/table";
import { formatNumber } from "@/lib/format";
import { publishedLines } from "./published-queries";

/** The ranking published at the time of a reconstructed round: shown beside the count, and not computed by it. */
export async function PublishedRanking({
  municipality,
  commons,
}: {
  municipality: string;
  commons: readonly string[];
}) {
  const [t, columns, locale] = await Promise.all([
    getTranslations("rounds.outcome"),
    getTranslations("rounds.table"),
    getLocale(),
  ]);
  const lines = await publishedLines(municipality, commons);
  const source = lines[0]?.source;
  if (!source) return null;
  const two = (value: number) => formatNumber(value, locale);
  return (
    <section className="space-y-4">
      <h2>{t("published")}</h2>
      <p className="max-w-text">{t("publishedText")}</p>
      <Table
        caption={<span className="sr-only">{t("publishedCaption")}</span>}
        rows={lines}
        rowKey={({ name }) => name}
        columns={[
          { key: "project", header: columns("project"), rowHeader: true, cell: ({ name }) => name },
          {
            key: "technical",
            header: t("technical"),
            numeric: true,
            cell: ({ technical }) => two(technical),
          },
          {
            key: "votes",
            header: columns("votes"),
            numeric: true,
            cell: ({ votes }) => formatNumber(votes, locale),
          },
          {
            key: "votePoints",
            header: t("votePoints"),
            numeric: true,
            cell: ({ votePoints }) => two(votePoints),
          },
          { key: "total", header: t("total"), numeric: true, cell: ({ total }) => two(total) },
        ]}
      />
      <p className="text-base">
        {t("source")}: <PlainLink href={source}>{new URL(source).hostname.replace(/^www\./, "")}</PlainLink>
      </p>
    </section>
  );
}
