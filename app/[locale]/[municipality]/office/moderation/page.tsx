import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { InstantText } from "@/components/ui/date-text";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { Pagination } from "@/components/ui/pagination";
import { State } from "@/components/ui/state";
import { unansweredQuestions, waitingCases } from "@/features/comments/moderation-queries";
import { QUESTION_DAYS } from "@/features/comments/rules";
import { listSchema } from "@/features/comments/schema";
import { requireMunicipality } from "@/features/municipalities/queries";
import { OfficeBreadcrumb } from "@/features/office/office-breadcrumb";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/office/moderation">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("comments.moderation"))("title"), robots: { index: false } };
}

/** Reports and appeals that wait, and questions that no office has answered. */
export default async function ModerationPage({ params, searchParams }: Props) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireOfficial(istatCode);
  const decides = can(viewer, istatCode, "comments:decideAppeal");
  const answers = can(viewer, istatCode, "comments:answer");
  if (!decides && !answers) notFound();
  const { pagina } = listSchema.parse(await searchParams);
  const [t, { cases, pages }, questions] = await Promise.all([
    getTranslations("comments.moderation"),
    decides ? waitingCases(istatCode, viewer, pagina) : { cases: [], pages: 1 },
    answers ? unansweredQuestions(istatCode) : [],
  ]);
  return (
    <>
      <OfficeBreadcrumb municipality={slug} />
      <PageHeading title={t("title")} lead={t("lead")} />
      <div className="max-w-form space-y-12">
        {decides && (
          <section aria-labelledby="cases" className="space-y-4">
            <h2 id="cases">{t("cases")}</h2>
            {cases.length === 0 ? (
              <EmptyState icon="check-circle" title={t("noCases")} />
            ) : (
              <ul className="divide-y divide-line border-line border-y">
                {cases.map(({ id, state, reports, openedAt, words, mayDecide }) => (
                  <li key={id} className="space-y-1 py-3">
                    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-base">
                      <State icon={state === "open" ? "flag" : "scale"} tone="warning">
                        {t(state === "open" ? "report" : "appeal")}
                      </State>
                      <span>{t("reports", { count: reports })}</span>
                      <span className="text-ink-soft">
                        <InstantText value={openedAt} />
                      </span>
                    </p>
                    <TextLink
                      href={{
                        pathname: "/[municipality]/office/moderation/[case]",
                        params: { municipality: slug, case: id },
                      }}
                      className="wrap-anywhere font-semibold"
                    >
                      {words}
                    </TextLink>
                    {!mayDecide && <p className="text-base text-ink-soft">{t("ofOthers")}</p>}
                  </li>
                ))}
              </ul>
            )}
            <Pagination
              page={Math.min(pagina, pages)}
              pages={pages}
              hrefOf={(page) => ({
                pathname: "/[municipality]/office/moderation",
                params: { municipality: slug },
                query: { pagina: page },
              })}
            />
          </section>
        )}
        {answers && (
          <section aria-labelledby="questions" className="space-y-4">
            <h2 id="questions">{t("questions")}</h2>
            <p>{t("questionsText", { days: QUESTION_DAYS })}</p>
            {questions.length === 0 ? (
              <EmptyState icon="check-circle" title={t("noQuestions")} />
            ) : (
              <ul className="divide-y divide-line border-line border-y">
                {questions.map(({ id, words, at }) => (
                  <li key={id} className="space-y-1 py-3">
                    <p className="text-base text-ink-soft">
                      <InstantText value={at} />
                    </p>
                    <TextLink
                      href={{
                        pathname: "/[municipality]/comments/[comment]",
                        params: { municipality: slug, comment: id },
                      }}
                      className="wrap-anywhere font-semibold"
                    >
                      {words}
                    </TextLink>
                  </li>
                ))}
              </ul>
            )}
          </section>
        )}
        {can(viewer, istatCode, "comments:inspect") && (
          <p>
            <TextLink
              href={{ pathname: "/[municipality]/office/moderation/log", params: { municipality: slug } }}
            >
              {t("toLog")}
            </TextLink>
          </p>
        )}
      </div>
    </>
  );
}
