import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Pagination } from "@/components/ui/pagination";
import { subjectOf } from "@/features/comments/about-queries";
import { CommentHistory } from "@/features/comments/comment-history";
import { CommentTasks } from "@/features/comments/comment-tasks";
import { Comment } from "@/features/comments/comment-view";
import { AppealForm } from "@/features/comments/moderation-forms";
import { statementOn } from "@/features/comments/own-moderation-queries";
import { commentById, versionsOf } from "@/features/comments/queries";
import { rightsOf } from "@/features/comments/rights-rules";
import { appealUntil } from "@/features/comments/rules";
import { listSchema } from "@/features/comments/schema";
import { AppealView, StatementOfReasons } from "@/features/comments/statement";
import { requireMunicipality } from "@/features/municipalities/queries";
import { currentViewer } from "@/lib/auth";

type Props = PageProps<"/[locale]/[municipality]/comments/[comment]">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("comments"))("one"), robots: { index: false } };
}

/** One comment by its own address: what it answers, how it read before, and everything that can be done about it. */
export default async function CommentPage({ params, searchParams }: Props) {
  const { municipality: path, comment: id } = await params;
  const municipality = await requireMunicipality(path);
  const { istatCode, slug } = municipality;
  const viewer = await currentViewer();
  const { pagina } = listSchema.parse(await searchParams);
  const found = await commentById(istatCode, decodeURIComponent(id), viewer, pagina);
  const subject = found && (await subjectOf(municipality, found.comment.about));
  if (!found || !subject) notFound();
  const { comment, opening, answers, page, pages } = found;
  const [t, versions, statement] = await Promise.all([
    getTranslations("comments"),
    versionsOf(istatCode, comment.id),
    viewer ? statementOn(istatCode, comment.id, viewer) : null,
  ]);
  const rights = rightsOf(viewer, istatCode);
  const about = { municipality: slug, type: subject.type, subject: subject.id };
  return (
    <>
      <Breadcrumb
        items={[
          { href: subject.href, label: subject.title, written: true },
          {
            href: { pathname: "/[municipality]/comments/on/[type]/[subject]", params: about },
            label: t("all"),
          },
        ]}
      />
      <PageHeading title={t("one")} />
      <div className="max-w-form space-y-10">
        {opening && (
          <Notice tone="neutral" title={t("answers")}>
            <TextLink
              href={{
                pathname: "/[municipality]/comments/[comment]",
                params: { municipality: slug, comment: opening.id },
              }}
            >
              {t("toOpening")}
            </TextLink>
          </Notice>
        )}
        <Comment municipality={slug} comment={comment} rights={rights} isPage />
        {statement && (
          <section aria-labelledby="statement" className="space-y-4">
            <h2 id="statement">{t("statement.title")}</h2>
            <blockquote className="wrap-anywhere whitespace-pre-line border-line border-l-4 pl-4">
              {statement.text}
            </blockquote>
            <StatementOfReasons
              decision={statement.decision}
              afterReports={statement.afterReports}
              appeal={statement.appeal}
            />
            <h3 id="objection">{t("appeal.title")}</h3>
            {statement.appeal ? (
              <AppealView appeal={statement.appeal} />
            ) : appealUntil(statement.decision.at) >= new Date() ? (
              <AppealForm comment={comment.id} />
            ) : (
              <p>{t("appeal.over")}</p>
            )}
          </section>
        )}
        {viewer && <CommentTasks municipality={istatCode} comment={comment} viewer={viewer} />}
        {!viewer && comment.text !== null && (
          <p>
            <TextLink href={{ pathname: "/sign-in" }}>{t("signInToReport")}</TextLink>
          </p>
        )}
        {versions.length > 1 && <CommentHistory versions={versions} />}
        {answers.length > 0 && (
          <section aria-labelledby="answers" className="space-y-4">
            <h2 id="answers">{t("answersBelow", { count: comment.replies })}</h2>
            <ol className="space-y-6">
              {answers.map((answer) => (
                <li key={answer.id}>
                  <Comment municipality={slug} comment={answer} rights={rights} />
                </li>
              ))}
            </ol>
            <Pagination
              page={page}
              pages={pages}
              hrefOf={(to) => ({
                pathname: "/[municipality]/comments/[comment]",
                params: { municipality: slug, comment: comment.id },
                query: { pagina: to },
              })}
            />
          </section>
        )}
      </div>
    </>
  );
}
