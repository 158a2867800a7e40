import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PlaceMap } from "@/components/map/place-map";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { chainDay, listCalls } from "@/features/calls/queries";
import { CommonsCards } from "@/features/commons/commons-cards";
import { placesOf } from "@/features/commons/places";
import { listCommons } from "@/features/commons/queries";
import { inMovement } from "@/features/commons/stage";
import { flowsOf } from "@/features/funds/queries";
import { HousesNearby } from "@/features/home/houses-nearby";
import { latestSteps } from "@/features/home/latest-queries";
import { LatestSteps } from "@/features/home/latest-steps";
import { MoneyBar } from "@/features/home/money-bar";
import { OpenNow } from "@/features/home/open-now";
import { ThreeSteps } from "@/features/home/three-steps";
import { listHouses } from "@/features/municipalities/house-queries";
import { mapBase } from "@/features/municipalities/map-queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { listRounds } from "@/features/rounds/queries";
import { formatMoney } from "@/lib/format";
import { getPathname } from "@/lib/language/navigation";
import { pageMetadata } from "@/lib/page-metadata";
import { placePhrases } from "@/lib/phrases";

type Props = PageProps<"/[locale]/[municipality]">;

/** As many commons as make two rows at a desk. */
const SHOWN = 6;
const NEWS = 6;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, name } = await requireMunicipality((await params).municipality);
  const t = await getTranslations("municipality");
  return pageMetadata({
    href: { pathname: "/[municipality]", params: { municipality: slug } },
    title: name,
    description: t("description", { name }),
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
  const year = Number(day.slice(0, 4));
  const [calls, rounds, commons, houses, money, latest] = await Promise.all([
    listCalls(istatCode),
    listRounds(istatCode),
    listCommons(istatCode),
    listHouses(istatCode),
    flowsOf(istatCode, { year }),
    latestSteps(istatCode, NEWS),
  ]);
  const page = { params: { municipality: slug } };
  const places = placesOf(commons, {
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
      <div className="rounded-smooth bg-sunken p-5 md:p-8">
        <div className="grid items-center gap-8 lg:grid-cols-2">
          <div className="space-y-5">
            <h1>{t("title", { name })}</h1>
            <p className="max-w-text text-lg">{t("lead")}</p>
            <p className="flex flex-wrap gap-3 print:hidden">
              <ButtonLink icon="plus" href={{ pathname: "/[municipality]/propose", ...page }}>
                {t("propose")}
              </ButtonLink>
              <ButtonLink
                look="secondary"
                icon="leaf"
                href={{ pathname: "/[municipality]/commons", ...page }}
              >
                {t("seeAll")}
              </ButtonLink>
            </p>
          </div>
          <OpenNow
            municipality={slug}
            rounds={rounds.filter(({ state }) => state === "open")}
            calls={calls.filter(({ phase }) => phase === "open")}
            day={day}
          />
        </div>
      </div>
      <ThreeSteps />
      {commons.length > 0 && (
        <section aria-labelledby="commons" className="space-y-5">
          <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
            <h2 id="commons">{t("moving")}</h2>
            <TextLink href={{ pathname: "/[municipality]/commons", ...page }}>
              {t("seeAllOf", { count: commons.length })}
            </TextLink>
          </div>
          <CommonsCards municipality={slug} commons={inMovement(commons).slice(0, SHOWN)} level={3} />
        </section>
      )}
      {places.length > 0 && (
        <section aria-labelledby="near" className="space-y-4">
          <h2 id="near">{t("near")}</h2>
          <p>{t("nearText", { count: commons.length, ...placePhrases("name", name, locale) })}</p>
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
          </section>
        )}
      </div>
      <HousesNearby municipality={slug} houses={houses} />
    </div>
  );
}
