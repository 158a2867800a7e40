import { getTranslations } from "next-intl/server";
import { feedbackOf } from "@/features/feedback/queries";
import { POSITIVE_FROM } from "@/features/feedback/rules";
import { type Period, periodIn } from "@/features/feedback/schema";
import { municipalityBySlug } from "@/features/municipalities/queries";
import { attachmentHeader } from "@/lib/attachment-header";
import { currentViewer } from "@/lib/auth";
import { type ErrorTranslator, errorSentence } from "@/lib/error-sentence";
import { ExpectedError } from "@/lib/errors";
import { writeCsv } from "@/lib/export/csv";
import { can } from "@/lib/permissions";

/** What people said of the pages of a municipality, for its administrators alone. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/api/feedback/[municipality]/answers.csv">,
): Promise<Response> {
  const municipality = await municipalityBySlug((await params).municipality);
  const viewer = await currentViewer();
  // Whether there is something is told to nobody else.
  if (!municipality || !viewer || !can(viewer, municipality.istatCode, "site:manage"))
    return new Response(null, { status: 404 });
  const query = new URL(request.url).searchParams;
  const locale = query.get("lingua") === "en" ? "en" : "it";
  let period: Period;
  try {
    period = periodIn(Object.fromEntries(query));
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    const errors = (await getTranslations({ locale, namespace: "errors" })) as unknown as ErrorTranslator;
    return new Response(`${errorSentence(errors, locale, error.code, error.params)}\n`, {
      ...{ status: error.status, headers: { "content-type": "text/plain; charset=utf-8" } },
    });
  }
  const [t, all] = await Promise.all([
    getTranslations({ locale, namespace: "feedback" }),
    feedbackOf(municipality.istatCode, period),
  ]);
  const answerOf = (stars: number, answer: string | null) =>
    answer && t(`${stars >= POSITIVE_FROM ? "positive" : "negative"}.${answer}` as "positive.clear");
  const csv = writeCsv({
    name: t("report.file"),
    columns: [
      { key: "day", heading: t("report.day"), kind: "day" },
      { key: "page", heading: t("report.page"), kind: "text" },
      { key: "record", heading: t("report.record"), kind: "identifier" },
      { key: "language", heading: t("report.language"), kind: "text" },
      { key: "stars", heading: t("report.starsColumn"), kind: "count" },
      { key: "answer", heading: t("report.answer"), kind: "text" },
      { key: "text", heading: t("report.text"), kind: "text" },
    ],
    rows: all.map(({ day, page, record, language, stars, answer, text }) => [
      ...[day, page, record, language, stars],
      ...[answerOf(stars, answer), text],
    ]),
  });
  return new Response(csv, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": attachmentHeader(`${municipality.slug}-${t("report.file")}.csv`),
      "cache-control": "private, no-store",
    },
  });
}
