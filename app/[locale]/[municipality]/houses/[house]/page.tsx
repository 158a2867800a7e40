import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { TwoColumns } from "@/components/layout/two-columns";
import { sharedPicture } from "@/components/pictures/picture";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { DefinitionList } from "@/components/ui/definition-list";
import { TextLink } from "@/components/ui/link";
import { Task } from "@/components/ui/task";
import { CommonsCards } from "@/features/commons/commons-cards";
import { listCommons } from "@/features/commons/list-queries";
import { withPictures } from "@/features/commons/queries";
import { Contacts, HouseEvents, HousePeople } from "@/features/houses/house-view";
import { houseDetails } from "@/features/houses/queries";
import { mayEditHouse } from "@/features/houses/rules";
import { MeetingsAbout } from "@/features/meetings/meetings-about";
import { houseBySlug } from "@/features/municipalities/house-queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { AddPictureForm } from "@/features/pictures/add-form";
import { Gallery } from "@/features/pictures/gallery";
import { picturesOf } from "@/features/pictures/queries";
import { mayAdd } from "@/features/pictures/rights-queries";
import { currentViewer } from "@/lib/auth";
import { pageMetadata } from "@/lib/page-metadata";
import { datePhrases } from "@/lib/phrases";

type Props = PageProps<"/[locale]/[municipality]/houses/[house]">;

async function requireHouse({ params }: Props) {
  const { municipality: path, house: slug } = await params;
  const municipality = await requireMunicipality(path);
  return { municipality, house: (await houseBySlug(municipality.istatCode, slug)) ?? notFound() };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { municipality, house } = await requireHouse(props);
  const [picture] = await picturesOf(municipality.istatCode, { type: "house", id: house.id });
  return pageMetadata({
    href: {
      pathname: "/[municipality]/houses/[house]",
      params: { municipality: municipality.slug, house: house.slug },
    },
    title: `${house.name} — ${municipality.name}`,
    description: house.address,
    picture: sharedPicture(municipality.slug, picture),
  });
}

/** Cards of commons; a district of a city has more, on their own page. */
const SHOWN = 12;

/** A neighbourhood house: where and when, what one can do there, the commons around it. */
export default async function HousePage(props: Props) {
  const { municipality, house } = await requireHouse(props);
  const { slug, istatCode } = municipality;
  const [t, locale, viewer, { people, events, changedAt }] = await Promise.all([
    getTranslations("houses"),
    getLocale(),
    currentViewer(),
    houseDetails(istatCode, house.id),
  ]);
  const [photographs, home] = [await getTranslations("pictures"), await getTranslations("municipality")];
  const about = { type: "house", id: house.id } as const;
  const pictures = await picturesOf(istatCode, about, viewer);
  const addable = viewer && (await mayAdd(istatCode, viewer, about));
  const { district } = house;
  const { commons, count } =
    district === null
      ? { commons: [], count: 0 }
      : await listCommons(municipality.istatCode, { district }, { most: SHOWN });
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/houses", params: { municipality: municipality.slug } },
            label: t("title"),
          },
        ]}
      />
      <PageHeading title={house.name} />
      <div className="space-y-10">
        <TwoColumns
          aside={
            <>
              <DefinitionList
                beside
                items={[
                  { term: t("address"), description: house.address },
                  {
                    term: t("hours"),
                    description: <span className="whitespace-pre-line">{house.hours ?? t("noHours")}</span>,
                  },
                  {
                    term: t("contact"),
                    description:
                      house.email || house.phone ? (
                        <span className="flex flex-wrap gap-x-4">
                          <Contacts email={house.email} phone={house.phone} />
                        </span>
                      ) : (
                        t("noContact")
                      ),
                  },
                ]}
              />
              {(changedAt || mayEditHouse(viewer, istatCode, house)) && (
                <p className="flex flex-wrap items-center gap-x-6 print:hidden">
                  {changedAt && (
                    <span className="text-ink-soft">
                      {t("changed", datePhrases("date", changedAt, locale))}
                    </span>
                  )}
                  {mayEditHouse(viewer, istatCode, house) && (
                    <TextLink
                      href={{
                        pathname: "/[municipality]/houses/[house]/edit",
                        params: { municipality: slug, house: house.slug },
                      }}
                      className="inline-flex min-h-11 items-center"
                    >
                      {t("editPage")}
                    </TextLink>
                  )}
                </p>
              )}
            </>
          }
        >
          {(pictures.length > 0 || addable) && (
            <section aria-labelledby="pictures" className="space-y-4">
              <h2 id="pictures">{photographs("title")}</h2>
              {pictures.length > 0 && <Gallery municipality={municipality.slug} pictures={pictures} />}
              {viewer && addable && (
                <Task title={photographs("addHere")}>
                  <AddPictureForm
                    targets={[{ value: `house:${house.id}`, label: house.name }]}
                    author={viewer.name}
                  />
                </Task>
              )}
            </section>
          )}
          {house.text && <p className="max-w-text whitespace-pre-line">{house.text}</p>}
          <section aria-labelledby="help" className="space-y-3">
            <h2 id="help">{t("help")}</h2>
            <ul className="max-w-text list-disc space-y-1 pl-6">
              <li>{t("help1")}</li>
              <li>{t("help2")}</li>
              <li>{t("help3")}</li>
            </ul>
          </section>
          <HousePeople people={people} />
          <MeetingsAbout municipality={municipality} about={about} viewer={viewer} />
          <HouseEvents
            events={events}
            file={`/api/houses/${slug}/${house.slug}/events.ics?lingua=${locale}`}
          />
        </TwoColumns>
        {district !== null && (
          <section aria-labelledby="commons" className="space-y-4">
            <h2 id="commons">{t("commons", { number: district })}</h2>
            {commons.length === 0 ? (
              <p>{t("noCommons")}</p>
            ) : (
              <>
                <CommonsCards
                  municipality={municipality.slug}
                  commons={await withPictures(municipality.istatCode, commons)}
                  level={3}
                />
                {count > SHOWN && (
                  <TextLink
                    href={{
                      pathname: "/[municipality]/commons",
                      params: { municipality: municipality.slug },
                      query: { zona: String(district) },
                    }}
                  >
                    {home("seeAllOf", { count })}
                  </TextLink>
                )}
              </>
            )}
          </section>
        )}
      </div>
    </>
  );
}
