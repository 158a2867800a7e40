import { useLocale, useTranslations } from "next-intl";
import { type Column, Table } from "@/components/ui/table";
import { formatNumber } from "@/lib/format";
import type { AssessmentView } from "./queries";

/** Points by criterion and assessor, with totals, average, threshold and reasons. Who gave which is not said. */
export function ScoreTable({ assessment }: { assessment: AssessmentView }) {
  const t = useTranslations("assessment.points");
  const locale = useLocale();
  const { criteria, scores, given, wanted, hidden, average, threshold } = assessment;
  const points = (hundredths: number | undefined) =>
    hundredths === undefined ? "–" : formatNumber(hundredths / 100, locale);
  if (hidden || scores.length === 0)
    return (
      <p>
        {t("given", { count: given, wanted })}. {hidden && given > 0 && t("hidden")}
      </p>
    );
  const columns: Column<AssessmentView["criteria"][number]>[] = [
    {
      key: "criterion",
      header: t("criterion"),
      rowHeader: true,
      cell: ({ title, weight }) => `${title[locale]} (${weight})`,
      foot: t("total"),
    },
    ...scores.map((score, index) => ({
      key: `score-${index}`,
      header: t("assessor", { number: index + 1 }) + (score.own ? ` (${t("yours")})` : ""),
      numeric: true,
      cell: ({ id }: { id: string }) => points(score.points[id]),
      foot: points(score.total),
    })),
  ];
  return (
    <div className="space-y-3">
      <Table
        caption={t("given", { count: given, wanted })}
        columns={columns}
        compact
        rows={criteria}
        rowKey={({ id }) => id}
      />
      {average !== undefined && (
        <p>
          <strong>
            {t("average")}: {points(average)}
          </strong>
          {" — "}
          {t("threshold")}: {formatNumber(threshold, locale)}
          {average < threshold * 100 && ` — ${t("short", { points: points(threshold * 100 - average) })}`}
        </p>
      )}
      <dl className="max-w-form space-y-3">
        {scores.map(
          ({ reason }, index) =>
            reason && (
              // biome-ignore lint/suspicious/noArrayIndexKey: whose they are is not said, so the place is all there is
              <div key={index} className="border-line border-l-4 pl-4">
                <dt className="font-semibold text-base">{t("reasonOf", { number: index + 1 })}</dt>
                <dd className="whitespace-pre-line">{reason}</dd>
              </div>
            ),
        )}
      </dl>
    </div>
  );
}
