import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Task } from "@/components/ui/task";
import { CaseHistory, CaseReports } from "@/features/comments/case-view";
import { DecideAppealForm, HideForm, KeepForm } from "@/features/comments/moderation-forms";
import { caseById } from "@/features/comments/moderation-queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/office/moderation/[case]">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("comments.case"))("title"), robots: { index: false } };
}

/** One reported comment: what was reported, what was decided of it, and what is to be decided now. */
export default async function CasePage({ params }: Props) {
  const { municipality: path, case: id } = await params;
  const municipality = await requireMunicipality(path);
  const { slug, istatCode } = municipality;
  const viewer = await requireOfficial(istatCode);
  if (!can(viewer, istatCode, "comments:decideAppeal")) notFound();
  const found = await caseById(municipality, decodeURIComponent(id), viewer);
  if (!found) notFound();
  const t = await getTranslations("comments.case");
  const { comment, subject, may, state, appeals } = found;
  const appeal = appeals.find(({ decided }) => decided === null);
  const isWaiting = state === "open" || state === "appealed";
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/office/moderation", params: { municipality: slug } },
            label: t("all"),
          },
        ]}
      />
      <PageHeading title={t("title")} lead={t(`states.${state}`)} />
      <div className="max-w-form space-y-10">
        <section aria-labelledby="comment" className="space-y-3">
          <h2 id="comment">{t("comment")}</h2>
          <blockquote className="wrap-anywhere whitespace-pre-line border-line border-l-4 pl-4">
            {comment.text}
          </blockquote>
          {comment.withdrawn && <p className="text-ink-soft">{t("withdrawn")}</p>}
          <p className="flex flex-wrap gap-x-6 gap-y-1">
            {subject && <TextLink href={subject.href}>{subject.title}</TextLink>}
            <TextLink
              href={{
                pathname: "/[municipality]/comments/[comment]",
                params: { municipality: slug, comment: comment.id },
              }}
            >
              {t("toComment")}
            </TextLink>
          </p>
        </section>
        <CaseReports reports={found.reports} count={found.reportsCount} revision={comment.revision} />
        <CaseHistory decisions={found.decisions} appeals={appeals} hasReports={found.reportsCount > 0} />
        {may.decide && (
          <section aria-labelledby="decide" className="space-y-3">
            <h2 id="decide">{t("decide")}</h2>
            <Task title={t("hide")}>
              <p>{t("hideText")}</p>
              <HideForm comment={comment.id} revision={comment.revision} />
            </Task>
            <Task title={t("keep")}>
              <KeepForm inCase={found.id} />
            </Task>
          </section>
        )}
        {may.decideAppeal && appeal && (
          <section aria-labelledby="decide" className="space-y-3">
            <h2 id="decide">{t("decideAppeal")}</h2>
            <DecideAppealForm appeal={appeal.id} />
          </section>
        )}
        {isWaiting && !may.decide && !may.decideAppeal && (
          <Notice tone="info" title={t("ofOthers")}>
            <p>{t(state === "open" ? "ofOthersReport" : "ofOthersAppeal")}</p>
          </Notice>
        )}
      </div>
    </>
  );
}
