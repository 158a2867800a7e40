import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { waitingActs } from "@/features/acts/queries";
import { WaitingActs } from "@/features/acts/waiting-acts";
import { requireMunicipality } from "@/features/municipalities/queries";
import { OfficeLinks } from "@/features/office/office-links";
import { waitingFor } from "@/features/office/queries";
import { StoppedMoney } from "@/features/office/stopped-money";
import { stoppedMoney } from "@/features/office/stopped-queries";
import { WaitingList } from "@/features/office/waiting-list";
import { requestedPath } from "@/lib/request-path";
import { requireOfficial } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office"))("title"), robots: { index: false } };
}

export default async function OfficePage({ params }: PageProps<"/[locale]/[municipality]/office">) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireOfficial(istatCode);
  const [t, roles, { day, items }, acts, path] = await Promise.all([
    getTranslations("office"),
    getTranslations("roles"),
    waitingFor(istatCode, viewer),
    waitingActs(istatCode, viewer),
    requestedPath(),
  ]);
  const held = viewer.roles.filter(({ municipality }) => municipality === istatCode);
  // Whoever answers for others' money without a step of their own looks at where it waits.
  const watches = held.some(({ role }) => role === "councillor" || role === "giunta" || role === "guarantor");
  return (
    <>
      <PageHeading title={t("title")} lead={[...new Set(held.map(({ role }) => roles(role)))].join(", ")} />
      <div className="space-y-10">
        <WaitingActs municipality={slug} acts={acts} next={path} />
        <section aria-labelledby="waiting" className="space-y-4">
          <h2 id="waiting">{t("waiting")}</h2>
          {items.length === 0 ? (
            <EmptyState icon="check-circle" title={t("nothing")} />
          ) : (
            <>
              <p>
                {t("count", { count: items.length })}. {t("lead")}
              </p>
              <WaitingList municipality={slug} items={items} day={day} />
            </>
          )}
        </section>
        {watches && <StoppedMoney municipality={slug} stopped={await stoppedMoney(istatCode)} />}
        <section aria-labelledby="elsewhere" className="space-y-4">
          <h2 id="elsewhere">{t("elsewhere")}</h2>
          <OfficeLinks municipality={{ slug, istatCode }} viewer={viewer} />
        </section>
      </div>
    </>
  );
}
