import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Card, CardList } from "@/components/ui/card";
import { InstantText } from "@/components/ui/date-text";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink } from "@/components/ui/link";
import { CallPhase } from "@/features/calls/call-cards";
import { draftCalls, listCalls } from "@/features/calls/queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { OfficeBreadcrumb } from "@/features/office/office-breadcrumb";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("calls.office"))("title"), robots: { index: false } };
}

export default async function OfficeCallsPage({
  params,
}: PageProps<"/[locale]/[municipality]/office/calls">) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireOfficial(istatCode);
  if (!can(viewer, istatCode, "calls:publish")) notFound();
  const t = await getTranslations("calls.office");
  const [drafts, calls] = await Promise.all([draftCalls(istatCode), listCalls(istatCode)]);
  const href = (call: string) => ({
    pathname: "/[municipality]/office/calls/[call]" as const,
    params: { municipality: slug, call },
  });
  return (
    <>
      <OfficeBreadcrumb municipality={slug} />
      <PageHeading
        title={t("title")}
        lead={t("lead")}
        actions={
          <ButtonLink
            icon="plus"
            href={{ pathname: "/[municipality]/office/calls/new", params: { municipality: slug } }}
          >
            {t("new")}
          </ButtonLink>
        }
      />
      <div className="space-y-10">
        <section aria-labelledby="drafts" className="space-y-4">
          <h2 id="drafts">{t("drafts")}</h2>
          {drafts.length === 0 && (
            <EmptyState icon="edit" title={t("noDrafts")}>
              {t("noDraftsText")}
            </EmptyState>
          )}
          <CardList>
            {drafts.map(({ id, title, updatedAt }) => (
              <li key={id}>
                <Card href={href(id)} title={title}>
                  <p className="text-base text-ink-soft">
                    <InstantText value={updatedAt} />
                  </p>
                </Card>
              </li>
            ))}
          </CardList>
        </section>
        {calls.length > 0 && (
          <section aria-labelledby="published" className="space-y-4">
            <h2 id="published">{t("published")}</h2>
            <CardList>
              {calls.map(({ id, title, phase }) => (
                <li key={id}>
                  <Card href={href(id)} title={title}>
                    <p>
                      <CallPhase phase={phase} />
                    </p>
                  </Card>
                </li>
              ))}
            </CardList>
          </section>
        )}
      </div>
    </>
  );
}
