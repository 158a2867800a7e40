import { useLocale, useTranslations } from "next-intl";
import { DateText } from "@/components/ui/date-text";
import { TextLink } from "@/components/ui/link";
import { Table } from "@/components/ui/table";
import { formatNumber } from "@/lib/format";
import type { Href } from "@/lib/language/navigation";
import { usePageName } from "./page-name";
import { byPage, type Feedback } from "./queries";
import { summaryOf } from "./rules";

/** The most comments that are shown; the file has them all. */
const SHOWN = 100;

/** What people said of the pages: overall, page by page with the least clear first, and in their own words. */
export function FeedbackReport({ municipality, all }: { municipality: string; all: readonly Feedback[] }) {
  const t = useTranslations("feedback");
  const locale = useLocale();
  const nameOf = usePageName();
  const { count, average = 0, byStars, answers } = summaryOf(all);
  const texts = all.filter(({ text }) => text !== "");
  const starsOf = (hundredths: number | undefined) => formatNumber((hundredths ?? 0) / 100, locale);
  return (
    <div className="space-y-10">
      <section aria-labelledby="overall" className="space-y-4">
        <h2 id="overall">{t("report.overall", { average: starsOf(average), count })}</h2>
        <Table
          caption={t("report.byStars")}
          rows={[5, 4, 3, 2, 1]}
          rowKey={(stars) => String(stars)}
          columns={[
            {
              ...{ key: "stars", header: t("report.starsColumn"), rowHeader: true },
              cell: (stars) => t("stars", { stars }),
            },
            {
              ...{ key: "count", header: t("report.count"), numeric: true },
              cell: (stars) => formatNumber(byStars[stars - 1] ?? 0, locale),
            },
          ]}
        />
        {answers.length > 0 && (
          <Table
            caption={t("report.answers")}
            rows={answers}
            rowKey={({ answer }) => answer}
            columns={[
              {
                ...{ key: "answer", header: t("report.answer"), rowHeader: true },
                cell: ({ answer }) => t(answer as "positive.clear"),
              },
              {
                ...{ key: "count", header: t("report.count"), numeric: true },
                cell: (row) => formatNumber(row.count, locale),
              },
            ]}
          />
        )}
      </section>
      <section aria-labelledby="by-page" className="space-y-4">
        <h2 id="by-page">{t("report.byPage")}</h2>
        <Table
          caption={t("report.leastClearFirst")}
          rows={byPage(all)}
          rowKey={({ page, record }) => `${page} ${record}`}
          columns={[
            {
              ...{ key: "page", header: t("report.page"), rowHeader: true },
              cell: ({ page, record }) => {
                const href = hrefOf(municipality, page, record);
                return href ? <TextLink href={href}>{nameOf(page, record)}</TextLink> : nameOf(page, record);
              },
            },
            {
              ...{ key: "average", header: t("report.average"), numeric: true },
              cell: (row) => starsOf(row.average),
            },
            {
              ...{ key: "count", header: t("report.count"), numeric: true },
              cell: (row) => formatNumber(row.count, locale),
            },
          ]}
        />
      </section>
      <section aria-labelledby="texts" className="space-y-4">
        <h2 id="texts">{t("report.texts", { count: texts.length })}</h2>
        {texts.length > SHOWN && <p>{t("report.newest", { count: SHOWN })}</p>}
        <ul className="divide-y divide-line border-line border-y">
          {texts.slice(0, SHOWN).map((one, index) => (
            // Answers have no name of their own, and their order does not change while they are shown.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <li key={index} className="max-w-text py-3">
              <p className="text-base text-ink-soft">
                <DateText value={one.day} /> · {t("stars", { stars: one.stars })} ·{" "}
                {nameOf(one.page, one.record)}
              </p>
              <p
                lang={one.language === locale ? undefined : one.language}
                className="wrap-anywhere whitespace-pre-line"
              >
                {one.text}
              </p>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** Where the page is, unless it is one that only the person who was there can open. */
function hrefOf(municipality: string, page: Feedback["page"], record: string | null): Href | undefined {
  const holes = [...page.matchAll(/\[(\w+)\]/g)].map(([, name]) => name ?? "");
  if (holes.length > 2 || (holes.length === 2 && !record)) return undefined;
  const params = { municipality, ...(holes[1] && { [holes[1]]: record }) };
  // Page and parameters belong together, which types cannot know.
  return { pathname: page, params } as Href;
}
