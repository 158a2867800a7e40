import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar, FilterSelect } from "@/components/ui/filter-bar";
import { Pagination } from "@/components/ui/pagination";
import { MeetingList } from "@/features/meetings/meeting-list";
import { meetingsIn } from "@/features/meetings/queries";
import { meetingListSchema } from "@/features/meetings/schema";
import { requireMunicipality } from "@/features/municipalities/queries";
import { FeedLinks } from "@/features/notifications/feed-links";
import { getPathname } from "@/lib/language/navigation";
import { pageMetadata } from "@/lib/page-metadata";
import { placePhrases } from "@/lib/phrases";

type Props = PageProps<"/[locale]/[municipality]/meetings">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, name } = await requireMunicipality((await params).municipality);
  const [t, locale] = await Promise.all([getTranslations("meetings"), getLocale()]);
  return pageMetadata({
    href: { pathname: "/[municipality]/meetings", params: { municipality: slug } },
    title: `${t("title")} — ${name}`,
    description: t("lead", placePhrases("municipality", name, locale)),
  });
}

/** Meetings of a Comune, those to come and those that are over. */
export default async function MeetingsPage({ params, searchParams }: Props) {
  const { slug, istatCode, name } = await requireMunicipality((await params).municipality);
  const filter = meetingListSchema.parse(await searchParams);
  const [t, locale, { coming, past, count, page, pages, districts }] = await Promise.all([
    getTranslations("meetings"),
    getLocale(),
    meetingsIn(istatCode, filter),
  ]);
  const here = { pathname: "/[municipality]/meetings" as const, params: { municipality: slug } };
  const { zona } = filter;
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead", placePhrases("municipality", name, locale))} />
      {(districts.length > 0 || zona !== undefined) && (
        <FilterBar action={getPathname({ locale, href: here })} {...(zona !== undefined && { clear: here })}>
          <FilterSelect
            name="zona"
            label={t("district")}
            value={zona === undefined ? undefined : String(zona)}
            options={districts.map((number) => ({
              value: String(number),
              label: t("districtNumber", { number }),
            }))}
          />
        </FilterBar>
      )}
      <div className="space-y-10">
        <section aria-labelledby="coming" className="space-y-4">
          <h2 id="coming">{t("coming")}</h2>
          {coming.length === 0 ? (
            <EmptyState icon="calendar" title={t("noComing")}>
              {t("noComingText")}
            </EmptyState>
          ) : (
            <MeetingList municipality={slug} meetings={coming} />
          )}
          <FeedLinks municipality={slug} kind="meetings" calendar={`/api/calendar/${slug}/meetings.ics`} />
        </section>
        {count > 0 && (
          <section aria-labelledby="past" className="space-y-4">
            <h2 id="past">{t("past")}</h2>
            <MeetingList municipality={slug} meetings={past} />
            <Pagination
              page={page}
              pages={pages}
              hrefOf={(to) => ({ ...here, query: { ...(zona !== undefined && { zona }), pagina: to } })}
            />
          </section>
        )}
      </div>
    </>
  );
}
