import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { InstantText } from "@/components/ui/date-text";
import { TextLink } from "@/components/ui/link";
import { districtsOf } from "@/features/commons/queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { NewsletterForm } from "@/features/newsletters/newsletter-form";
import { wordsIn } from "@/features/newsletters/newsletter-words";
import { draftNewsletters, sentNewsletters } from "@/features/newsletters/queries";
import { OfficeBreadcrumb } from "@/features/office/office-breadcrumb";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office"))("newsletters"), robots: { index: false } };
}

/** Drafts, what was sent, and a new issue. */
export default async function OfficeNewslettersPage({
  params,
}: PageProps<"/[locale]/[municipality]/office/newsletters">) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireOfficial(istatCode);
  if (!can(viewer, istatCode, "site:manage")) notFound();
  const [t, office, locale, drafts, { rows: sent }, districts] = await Promise.all([
    getTranslations("newsletters"),
    getTranslations("office"),
    getLocale(),
    draftNewsletters(istatCode),
    sentNewsletters(istatCode, 1),
    districtsOf(istatCode),
  ]);
  return (
    <>
      <OfficeBreadcrumb municipality={slug} />
      <PageHeading title={office("newsletters")} lead={t("officeLead")} />
      <div className="space-y-10">
        {[...drafts, ...sent].length > 0 && (
          <section aria-labelledby="written" className="space-y-4">
            <h2 id="written">{t("written")}</h2>
            <ul className="max-w-text divide-y divide-line border-line border-y">
              {[...drafts, ...sent].map((row) => (
                <li key={row.id} className="py-3">
                  <TextLink
                    href={{
                      pathname: "/[municipality]/office/newsletters/[newsletter]",
                      params: { municipality: slug, newsletter: row.id },
                    }}
                  >
                    {wordsIn(locale, row).title}
                  </TextLink>
                  <p className="text-base text-ink-soft">
                    {t(row.sentAt ? "sent" : "draftSince")}{" "}
                    <InstantText value={row.sentAt ?? row.changedAt} />
                  </p>
                </li>
              ))}
            </ul>
          </section>
        )}
        <section aria-labelledby="new" className="max-w-form space-y-4">
          <h2 id="new">{t("newTitle")}</h2>
          <NewsletterForm districts={districts} />
        </section>
      </div>
    </>
  );
}
