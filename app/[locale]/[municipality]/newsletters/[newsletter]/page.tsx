import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { InstantText } from "@/components/ui/date-text";
import { requireMunicipality } from "@/features/municipalities/queries";
import { NewsletterText } from "@/features/newsletters/newsletter-text";
import { wordsIn } from "@/features/newsletters/newsletter-words";
import { sentNewsletter } from "@/features/newsletters/queries";
import { pageMetadata } from "@/lib/page-metadata";

type Props = PageProps<"/[locale]/[municipality]/newsletters/[newsletter]">;

async function asked({ params }: Props) {
  const { municipality, newsletter: id } = await params;
  const { slug, istatCode, name } = await requireMunicipality(municipality);
  const newsletter = await sentNewsletter(istatCode, id);
  if (!newsletter?.sentAt) notFound();
  const { title, text } = wordsIn(await getLocale(), newsletter);
  return { slug, name, id, title, text, sentAt: newsletter.sentAt };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { slug, name, id, title, text } = await asked(props);
  return pageMetadata({
    href: {
      pathname: "/[municipality]/newsletters/[newsletter]",
      params: { municipality: slug, newsletter: id },
    },
    title: `${title} — ${name}`,
    description: text.slice(0, 200),
  });
}

/** One newsletter as it was sent. */
export default async function NewsletterPage(props: Props) {
  const { slug, title, text, sentAt } = await asked(props);
  const t = await getTranslations("newsletters");
  return (
    <>
      <Breadcrumb
        items={[
          {
            label: t("title"),
            href: { pathname: "/[municipality]/newsletters", params: { municipality: slug } },
          },
        ]}
      />
      <PageHeading title={title} />
      <div className="space-y-6">
        <p className="text-ink-soft">
          {t("sent")} <InstantText value={sentAt} />
        </p>
        <NewsletterText text={text} />
      </div>
    </>
  );
}
