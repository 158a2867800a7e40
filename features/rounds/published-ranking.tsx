import { useLocale, useTranslations } from "next-intl";
import { Italian } from "@/components/ui/italian";
import { PlainLink, TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { State } from "@/components/ui/state";
import { Table } from "@/components/ui/table";
import { formatNumber } from "@/lib/format";
import { type RecountedLine, VOTE_WEIGHT } from "./published-count";
import { RuleSentences } from "./rule-explained";

type Ranked = RecountedLine & { place: number };

/** A ranking as it was published, beside what its own rule gives. */
export function PublishedRanking({
  municipality,
  vote: { name, sources, lines },
}: {
  municipality: string;
  vote: { name: string; sources: readonly string[]; lines: readonly RecountedLine[] };
}) {
  const t = useTranslations("rounds.published");
  const columns = useTranslations("rounds.table");
  const locale = useLocale();
  const number = (value: number) => formatNumber(value, locale);
  const differing = lines.filter(({ agrees }) => !agrees).length;
  const votes = lines.reduce((sum, line) => sum + line.votes, 0);
  return (
    <section className="space-y-4">
      <h2>{name}</h2>
      <p className="max-w-text">{t("votes", { votes: number(votes), projects: lines.length })}</p>
      <h3>{t("rule")}</h3>
      <RuleSentences rule={{ rule: "score-plus-votes", weight: VOTE_WEIGHT }} />
      <p className="max-w-text font-semibold">
        {differing === 0 ? t("agrees") : t("differs", { count: differing })}
      </p>
      <Table
        caption={<span className="sr-only">{name}</span>}
        rows={lines.map((line, index): Ranked => ({ ...line, place: index + 1 }))}
        rowKey={({ slug }) => slug}
        columns={[
          { key: "place", header: t("place"), numeric: true, cell: ({ place }) => place },
          {
            key: "project",
            header: columns("project"),
            rowHeader: true,
            cell: ({ name: title, slug, proponents }) => (
              <>
                <TextLink
                  href={{
                    pathname: "/[municipality]/commons/[commons]",
                    params: { municipality, commons: slug },
                  }}
                >
                  <Italian>{title}</Italian>
                </TextLink>
                <span className="block font-normal text-ink-soft">{proponents.join(", ")}</span>
              </>
            ),
          },
          {
            key: "requested",
            header: t("requested"),
            numeric: true,
            cell: ({ requestedEuro }) => <Money cents={requestedEuro * 100} />,
          },
          {
            key: "technical",
            header: t("technical"),
            numeric: true,
            cell: ({ technicalScore }) => number(technicalScore),
          },
          { key: "votes", header: columns("votes"), numeric: true, cell: (line) => number(line.votes) },
          {
            key: "votePoints",
            header: t("votePoints"),
            numeric: true,
            cell: ({ votePoints }) => number(votePoints),
          },
          { key: "total", header: t("total"), numeric: true, cell: ({ total }) => number(total) },
          {
            key: "published",
            header: t("publishedTotal"),
            numeric: true,
            cell: ({ publishedTotal, agrees }) =>
              agrees ? (
                number(publishedTotal)
              ) : (
                <State icon="warning" tone="warning">
                  {number(publishedTotal)}
                </State>
              ),
          },
          {
            key: "byVotes",
            header: t("placeByVotes"),
            numeric: true,
            cell: ({ placeByVotes }) => placeByVotes,
          },
        ]}
      />
      <h3>{t("unknown")}</h3>
      <p className="max-w-text">{t("unknownText")}</p>
      <ul className="space-y-1">
        {sources.map((source) => (
          <li key={source}>
            {t("source")}:{" "}
            <PlainLink href={source}>{new URL(source).hostname.replace(/^www\./, "")}</PlainLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
