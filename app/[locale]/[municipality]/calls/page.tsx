import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { CallCards } from "@/features/calls/call-cards";
import { listPicturedCalls } from "@/features/calls/picture-queries";
import { chainDay } from "@/features/calls/queries";
import { TermHelp } from "@/features/glossary/term-help";
import { requireMunicipality } from "@/features/municipalities/queries";
import { FeedLinks } from "@/features/notifications/feed-links";
import { pageMetadata } from "@/lib/page-metadata";
import { placePhrases } from "@/lib/phrases";

type Props = PageProps<"/[locale]/[municipality]/calls">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, name } = await requireMunicipality((await params).municipality);
  const [t, locale] = await Promise.all([getTranslations("calls"), getLocale()]);
  return pageMetadata({
    href: { pathname: "/[municipality]/calls", params: { municipality: slug } },
    title: `${t("title")} — ${name}`,
    description: t("lead", placePhrases("municipality", name, locale)),
  });
}

export default async function CallsPage({ params }: Props) {
  const municipality = await requireMunicipality((await params).municipality);
  const [t, locale, calls, day] = await Promise.all([
    getTranslations("calls"),
    getLocale(),
    listPicturedCalls(municipality.istatCode),
    chainDay(municipality.istatCode),
  ]);
  const phases = (["open", "coming", "closed"] as const)
    .map((phase) => ({ phase, of: calls.filter((call) => call.phase === phase) }))
    .filter(({ of }) => of.length > 0);
  return (
    <>
      <PageHeading
        title={t("title")}
        lead={t("lead", placePhrases("municipality", municipality.name, locale))}
      />
      <TermHelp terms={["call", "threshold"]} />
      {phases.length === 0 && (
        <EmptyState
          icon="idea"
          title={t("none")}
          action={
            <TextLink
              href={{ pathname: "/[municipality]/commons", params: { municipality: municipality.slug } }}
            >
              {(await getTranslations("commons"))("title")}
            </TextLink>
          }
        >
          {t("noneText")}
        </EmptyState>
      )}
      <div className="space-y-10">
        {phases.map(({ phase, of }) => (
          <section key={phase} aria-labelledby={phase} className="space-y-4">
            <h2 id={phase}>{t(phase)}</h2>
            <CallCards municipality={municipality.slug} calls={of} day={day} />
          </section>
        ))}
      </div>
      <div className="mt-10">
        <FeedLinks
          municipality={municipality.slug}
          kind="calls"
          calendar={`/api/calendar/${municipality.slug}/all.ics`}
        />
      </div>
    </>
  );
}
