import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { ActionButton } from "@/components/ui/action-button";
import { InstantText } from "@/components/ui/date-text";
import { FieldsForm } from "@/components/ui/fields-form";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { districtsOf } from "@/features/commons/queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { discardNewsletter, sendNewsletter, testNewsletter } from "@/features/newsletters/actions";
import { audienceOf } from "@/features/newsletters/audience-queries";
import { AudienceView } from "@/features/newsletters/audience-view";
import { NewsletterForm } from "@/features/newsletters/newsletter-form";
import { NewsletterText } from "@/features/newsletters/newsletter-text";
import { wordsIn } from "@/features/newsletters/newsletter-words";
import { newsletterById } from "@/features/newsletters/queries";
import { mailMode } from "@/features/notifications/mail-mode-rules";
import { OfficeBreadcrumb } from "@/features/office/office-breadcrumb";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/office/newsletters/[newsletter]">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office"))("newsletters"), robots: { index: false } };
}

/** One issue: how it reads, who gets it, a test, the sending, and the draft itself. */
export default async function OfficeNewsletterPage({ params }: Props) {
  const { municipality: path, newsletter: id } = await params;
  const { slug, istatCode } = await requireMunicipality(path);
  const viewer = await requireOfficial(istatCode);
  const newsletter = can(viewer, istatCode, "site:manage") && (await newsletterById(istatCode, id));
  if (!newsletter) notFound();
  const { revision, districts, sentAt, people } = newsletter;
  const mode = mailMode();
  const [t, locale, audience, all] = await Promise.all([
    getTranslations("newsletters"),
    getLocale(),
    sentAt ? undefined : audienceOf(istatCode, districts),
    districtsOf(istatCode),
  ]);
  const { title } = wordsIn(locale, newsletter);
  return (
    <>
      <OfficeBreadcrumb municipality={slug} />
      <PageHeading title={title} />
      <div className="space-y-10">
        <p>
          <TextLink href={{ pathname: "/[municipality]/office/newsletters", params: { municipality: slug } }}>
            {t("toAll")}
          </TextLink>
        </p>
        {sentAt && (
          <Notice tone="success" title={t("sentTo", { count: people ?? 0 })}>
            <p>
              {t("sent")} <InstantText value={sentAt} />.{" "}
              <TextLink
                href={{
                  pathname: "/[municipality]/newsletters/[newsletter]",
                  params: { municipality: slug, newsletter: id },
                }}
              >
                {t("toPublic")}
              </TextLink>
            </p>
          </Notice>
        )}
        <section aria-labelledby="preview" className="space-y-6">
          <h2 id="preview">{t("preview")}</h2>
          {(["it", "en"] as const).map((language) => (
            <article key={language} lang={language} className="rounded-smooth border border-line p-4">
              <h3 className="mb-4">{wordsIn(language, newsletter).title}</h3>
              <NewsletterText text={wordsIn(language, newsletter).text} />
            </article>
          ))}
        </section>
        {audience && (
          <>
            <section aria-labelledby="audience" className="space-y-4">
              <h2 id="audience">{t("audience")}</h2>
              <AudienceView {...{ audience, districts, mode }} />
            </section>
            <section aria-labelledby="send" className="max-w-form space-y-6">
              <h2 id="send">{t("sendTitle")}</h2>
              {mode !== "off" && (
                <ActionButton
                  action={testNewsletter}
                  fields={{ id, command: crypto.randomUUID() }}
                  icon="send"
                >
                  {t("test")}
                </ActionButton>
              )}
              <FieldsForm
                id="send-newsletter"
                action={sendNewsletter}
                fields={[]}
                hidden={{ id, revision: String(revision) }}
                confirm={{
                  what: mode === "off" ? "publishNewsletter" : "sendNewsletter",
                  facts: [
                    { name: "about", value: title },
                    ...(mode === "off"
                      ? []
                      : [{ name: "people" as const, value: t("people", { count: audience.reached }) }]),
                  ],
                }}
                submitLabel={t(mode === "off" ? "publish" : "send")}
                submitIcon="send"
              />
            </section>
            <section aria-labelledby="change" className="max-w-form space-y-4">
              <h2 id="change">{t("change")}</h2>
              <NewsletterForm draft={newsletter} districts={all} />
              <ActionButton action={discardNewsletter} fields={{ id }} icon="x-circle">
                {t("discard")}
              </ActionButton>
            </section>
          </>
        )}
      </div>
    </>
  );
}
