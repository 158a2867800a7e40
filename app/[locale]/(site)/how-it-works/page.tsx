import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { ButtonLink } from "@/components/ui/link";
import { SixStages } from "@/features/workflow/six-stages";
import { WorkflowSections } from "@/features/workflow/workflow-sections";
import { pageMetadata } from "@/lib/page-metadata";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("howItWorks");
  return pageMetadata({ href: "/how-it-works", title: t("title"), description: t("lead") });
}

/** First what everybody asks, in six stages; then the whole workflow table, closed until somebody wants it. */
export default async function HowItWorksPage() {
  const t = await getTranslations("howItWorks");
  return (
    <>
      <PageHeading
        title={t("title")}
        lead={t("lead")}
        actions={
          <>
            <ButtonLink href="/" icon="map-pin">
              {t("chooseComune")}
            </ButtonLink>
            <ButtonLink href="/glossary" look="secondary" icon="info">
              {t("glossary")}
            </ButtonLink>
          </>
        }
      />
      <div className="space-y-14">
        <SixStages />
        <section aria-labelledby="trust" className="max-w-text space-y-3">
          <h2 id="trust">{t("trust.title")}</h2>
          <p>{t("trust.text")}</p>
          <p>{t("trust.ledger")}</p>
        </section>
        <WorkflowSections />
      </div>
    </>
  );
}
