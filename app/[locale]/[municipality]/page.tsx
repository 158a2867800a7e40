import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { PlaceMap } from "@/components/map/place-map";
import { Card, CardList } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { CallCards } from "@/features/calls/call-cards";
import { chainDay, listCalls } from "@/features/calls/queries";
import { latestSteps } from "@/features/commons/latest-queries";
import { LatestSteps } from "@/features/commons/latest-steps";
import { mapBounds, placesOf } from "@/features/commons/places";
import { listCommons } from "@/features/commons/queries";
import { flowsOf } from "@/features/funds/queries";
import { outlinesOf, requireMunicipality } from "@/features/municipalities/queries";
import { listRounds } from "@/features/rounds/queries";
import { RoundStateMark } from "@/features/rounds/round-state";
import { formatMoney } from "@/lib/format";
import { getPathname } from "@/lib/language/navigation";
import { pageMetadata } from "@/lib/page-metadata";
import { deadlinePhrases, placePhrases } from "@/lib/phrases";

type Props = PageProps<"/[locale]/[municipality]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, name } = await requireMunicipality((await params).municipality);
  const t = await getTranslations("municipality");
  return pageMetadata({
    href: { pathname: "/[municipality]", params: { municipality: slug } },
    title: name,
    description: t("description", { name }),
  });
}

/** What is open now, the commons, this year's money in one line, the last five things that happened. */
export default async function MunicipalityPage({ params }: Props) {
  const municipality = await requireMunicipality((await params).municipality);
  const { slug, istatCode, name } = municipality;
  const t = await getTranslations("municipality");
  const states = await getTranslations("states");
  const locale = await getLocale();
  const day = await chainDay(istatCode);
  const year = Number(day.slice(0, 4));
  const [calls, rounds, commons, outlines, money, latest] = await Promise.all([
    listCalls(istatCode),
    listRounds(istatCode),
    listCommons(istatCode),
    outlinesOf(istatCode),
    flowsOf(istatCode, { year }),
    latestSteps(istatCode, 5),
  ]);
  const openCalls = calls.filter(({ phase }) => phase === "open");
  const openRounds = rounds.filter(({ state }) => state === "open");
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
    <>
      <PageHeading
        title={t("title", { name })}
        lead={t("lead")}
        actions={
          <ButtonLink icon="plus" href={{ pathname: "/[municipality]/propose", ...page }}>
            {t("propose")}
          </ButtonLink>
        }
      />
      <div className="space-y-12">
        <section aria-labelledby="open" className="space-y-4">
          <h2 id="open">{t("openNow")}</h2>
          {openCalls.length + openRounds.length === 0 && (
            <EmptyState icon="calendar" title={t("nothingOpen")}>
              {t("nothingOpenText")}
            </EmptyState>
          )}
          {openRounds.length > 0 && (
            <>
              <h3>{t("rounds")}</h3>
              <CardList>
                {openRounds.map((round) => (
                  <li key={round.id}>
                    <Card
                      level={4}
                      title={round.title}
                      href={{
                        pathname: "/[municipality]/rounds/[round]",
                        params: { municipality: slug, round: round.slug },
                      }}
                    >
                      <p className="flex flex-wrap gap-2">
                        <RoundStateMark state={round.state} reconstruction={round.reconstruction} />
                      </p>
                      <p className="text-base">
                        {t("votesUntil", deadlinePhrases("when", round.closesAt, locale))}
                      </p>
                    </Card>
                  </li>
                ))}
              </CardList>
            </>
          )}
          {openCalls.length > 0 && (
            <>
              <h3>{t("calls")}</h3>
              <CallCards municipality={slug} calls={openCalls} day={day} level={4} />
            </>
          )}
        </section>
        {places.length > 0 && (
          <section aria-labelledby="near" className="space-y-4">
            <h2 id="near">{t("near")}</h2>
            <p>
              {t("nearText", { count: commons.length, ...placePhrases("name", name, locale) })}{" "}
              <TextLink href={{ pathname: "/[municipality]/commons", ...page }}>{t("seeAll")}</TextLink>
            </p>
            <PlaceMap
              places={places}
              bounds={mapBounds(places, municipality, outlines?.bounds)}
              outlinesUrl={outlines?.url}
              credit={outlines?.credit}
              label={t("mapOf", { name })}
            />
          </section>
        )}
        {money.lines.length > 0 && (
          <section aria-labelledby="money" className="space-y-2">
            <h2 id="money">{t("money")}</h2>
            <p className="max-w-text">
              {t("moneyLine", {
                year: String(year),
                budget: formatMoney(money.totals.budgetCents, locale),
                committed: formatMoney(money.totals.committedCents, locale),
                paid: formatMoney(money.totals.paidCents, locale),
              })}{" "}
              {money.lines.some(({ fictional }) => fictional) && `${t("fictional")} `}
              <TextLink href={{ pathname: "/[municipality]/funds", ...page }}>{t("seeMoney")}</TextLink>
            </p>
          </section>
        )}
        <section aria-labelledby="latest" className="space-y-4">
          <h2 id="latest">{t("latest")}</h2>
          {latest.length === 0 ? (
            <EmptyState icon="clock" title={t("noLatest")} />
          ) : (
            <LatestSteps municipality={slug} steps={latest} />
          )}
        </section>
      </div>
    </>
  );
}
