import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PlaceMap } from "@/components/map/place-map";
import { sharedPicture } from "@/components/pictures/picture";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { chainDay, listCalls } from "@/features/calls/queries";
import { CommonsCards } from "@/features/commons/commons-cards";
import { listCommons } from "@/features/commons/list-queries";
import { placesOf } from "@/features/commons/places";
import { withPictures } from "@/features/commons/queries";
import { budgetOf } from "@/features/funds/budget-queries";
import { HousesNearby } from "@/features/home/houses-nearby";
import { latestSteps } from "@/features/home/latest-queries";
import { LatestSteps } from "@/features/home/latest-steps";
import { MoneyBar } from "@/features/home/money-bar";
import { OpenNow } from "@/features/home/open-now";
import { ThreeSteps } from "@/features/home/three-steps";
import { listHouses } from "@/features/municipalities/house-queries";
import { mapBase } from "@/features/municipalities/map-queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { FeedLinks } from "@/features/notifications/feed-links";
import { OwnDuties } from "@/features/office/own-duties";
import { PictureFigure } from "@/features/pictures/gallery";
import { picturesOf } from "@/features/pictures/queries";
import { listRounds } from "@/features/rounds/queries";
import { currentViewer } from "@/lib/auth";
import { formatMoney } from "@/lib/format";
import { getPathname } from "@/lib/language/navigation";
import { pageMetadata } from "@/lib/page-metadata";
import { placePhrases } from "@/lib/phrases";

type Props = PageProps<"/[locale]/[municipality]">;

/** As many commons as make two rows at a desk. */
const SHOWN = 6;
/** Places of the map on this page; a city has more, and they are all on the map of commons. */
const ON_MAP = 200;
const NEWS = 6;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, istatCode, name } = await requireMunicipality((await params).municipality);
  const [picture] = await picturesOf(istatCode, { type: "municipality", id: istatCode });
  const t = await getTranslations("municipality");
  return pageMetadata({
    href: { pathname: "/[municipality]", params: { municipality: slug } },
    title: name,
    description: t("description", { name }),
    picture: sharedPicture(slug, picture),
  });
}

/** What is open now, how it works, the commons, this year's money, what happened lately, and where somebody helps. */
export default async function MunicipalityPage({ params }: Props) {
  const municipality = await requireMunicipality((await params).municipality);
  const { slug, istatCode, name } = municipality;
  const t = await getTranslations("municipality");
  const states = await getTranslations("states");
  const locale = await getLocale();
  const day = await chainDay(istatCode);
  const viewer = await currentViewer();
  const year = Number(day.slice(0, 4));
  const [calls, rounds, { commons: drawn, count }, houses, money, latest, [picture]] = await Promise.all([
    listCalls(istatCode),
    listRounds(istatCode),
    listCommons(istatCode, {}, { most: ON_MAP, order: "movement" }),
    listHouses(istatCode),
    budgetOf(istatCode, year),
    latestSteps(istatCode, NEWS),
    picturesOf(istatCode, { type: "municipality", id: istatCode }),
  ]);
  const page = { params: { municipality: slug } };
  const moving = await withPictures(istatCode, drawn.slice(0, SHOWN));
  const places = placesOf(drawn, {
    hrefOf: (path) =>
      getPathname({
        locale,
        href: {
          pathname: "/[municipality]/commons/[commons]",
          params: { municipality: slug, commons: path },
        },
      }),
    stageOf: (stage) => states(`stage.${stage}` as Parameters<typeof states>[0]),
  });
  return (
    <div className="space-y-14">
      {viewer && <OwnDuties municipality={municipality} viewer={viewer} />}
      <div className="rounded-smooth bg-sunken p-5 md:p-8">
        {/* On a telephone what is open comes before the buttons that are always there. */}
        <div className="grid gap-x-8 gap-y-5 lg:grid-cols-2 lg:grid-rows-[1fr_auto_auto_1fr]">
          <div className="space-y-5 lg:row-start-2">
            <h1>{t("title", { name })}</h1>
            <p className="max-w-text text-lg">{t("lead")}</p>
          </div>
          <div className="lg:col-start-2 lg:row-span-4 lg:row-start-1 lg:self-center">
            <OpenNow
              municipality={slug}
              rounds={rounds.filter(({ state }) => state === "open")}
              calls={calls.filter(({ phase }) => phase === "open")}
              day={day}
            />
          </div>
          <p className="flex flex-wrap gap-3 lg:row-start-3 print:hidden">
            <ButtonLink icon="plus" href={{ pathname: "/[municipality]/propose", ...page }}>
              {t("propose")}
            </ButtonLink>
            <ButtonLink look="secondary" icon="leaf" href={{ pathname: "/[municipality]/commons", ...page }}>
              {t("seeAll")}
            </ButtonLink>
          </p>
        </div>
      </div>
      {picture && (
        <div className="max-w-form">
          <PictureFigure
            municipality={slug}
            picture={picture}
            sizes="(min-width: 768px) 42rem, 100vw"
            early
          />
        </div>
      )}
      <ThreeSteps />
      {count > 0 && (
        <section aria-labelledby="commons" className="space-y-5">
          <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
            <h2 id="commons">{t("moving")}</h2>
            <TextLink href={{ pathname: "/[municipality]/commons", ...page }}>
              {t("seeAllOf", { count })}
            </TextLink>
          </div>
          <CommonsCards municipality={slug} commons={moving} level={3} />
        </section>
      )}
      {places.length > 0 && (
        <section aria-labelledby="near" className="space-y-4">
          <h2 id="near">{t("near")}</h2>
          <p>{t("nearText", { count, ...placePhrases("name", name, locale) })}</p>
          <PlaceMap
            {...(await mapBase(istatCode, municipality, places))}
            places={places}
            label={t("mapOf", { name })}
          />
        </section>
      )}
      <div className="grid items-start gap-x-12 gap-y-14 lg:grid-cols-2">
        <section aria-labelledby="latest" className="space-y-4">
          <h2 id="latest">{t("latest")}</h2>
          {latest.length === 0 ? (
            <EmptyState icon="clock" title={t("noLatest")} />
          ) : (
            <LatestSteps municipality={slug} steps={latest} />
          )}
          <FeedLinks municipality={slug} />
          <p>
            <TextLink href={{ pathname: "/[municipality]/newsletters", params: { municipality: slug } }}>
              {t("newsletter")}
            </TextLink>
          </p>
        </section>
        {money.lines.length > 0 && (
          <section aria-labelledby="money" className="space-y-4">
            <h2 id="money">{t("money")}</h2>
            <p className="max-w-text">
              {t("moneyLine", { year: String(year), budget: formatMoney(money.totals.budgetCents, locale) })}
              {money.lines.some(({ fictional }) => fictional) && ` ${t("fictional")}`}
            </p>
            <MoneyBar totals={money.totals} />
            <p>
              <TextLink href={{ pathname: "/[municipality]/funds", ...page }}>{t("seeMoney")}</TextLink>
            </p>
            <p>
              <TextLink href={{ pathname: "/[municipality]/funds", hash: "stopped", ...page }}>
                {t("seeStopped")}
              </TextLink>
            </p>
          </section>
        )}
      </div>
      <HousesNearby municipality={slug} houses={houses} />
    </div>
  );
}
