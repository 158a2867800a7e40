import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Card, CardList } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { TimeLeft } from "@/components/ui/time-left";
import { TermHelp } from "@/features/glossary/term-help";
import { requireMunicipality } from "@/features/municipalities/queries";
import { FeedLinks } from "@/features/notifications/feed-links";
import { hasPublishedVotes } from "@/features/rounds/published-queries";
import { listRounds } from "@/features/rounds/queries";
import { RoundStateMark } from "@/features/rounds/round-state";
import { formatNumber } from "@/lib/format";

export async function generateMetadata({
  params,
}: PageProps<"/[locale]/[municipality]/rounds">): Promise<Metadata> {
  const { name } = await requireMunicipality((await params).municipality);
  const t = await getTranslations("rounds");
  return { title: `${t("title")} — ${name}`, description: t("lead") };
}

export default async function RoundsPage({ params }: PageProps<"/[locale]/[municipality]/rounds">) {
  const municipality = await requireMunicipality((await params).municipality);
  const [t, locale, rounds, hasPublished] = await Promise.all([
    getTranslations("rounds"),
    getLocale(),
    listRounds(municipality.istatCode),
    hasPublishedVotes(municipality.istatCode),
  ]);
  const now = new Date();
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead")} />
      <TermHelp terms={["equalShares", "attestation"]} />
      {rounds.length === 0 && (
        <EmptyState icon="ballot" title={t("empty")}>
          {t("emptyText")}
        </EmptyState>
      )}
      <CardList>
        {rounds.map((round) => (
          <li key={round.id}>
            <Card
              level={2}
              href={{
                pathname: "/[municipality]/rounds/[round]",
                params: { municipality: municipality.slug, round: round.slug },
              }}
              title={<Italian>{round.title}</Italian>}
            >
              <p className="flex flex-wrap gap-2">
                <RoundStateMark state={round.state} reconstruction={round.reconstruction} />
              </p>
              <p>
                <Italian>{round.summary}</Italian>
              </p>
              <p>
                {t("budget")}: <Money cents={round.budgetCents} />
              </p>
              {round.state === "open" ? (
                <p>
                  {t("closesIn")}: <TimeLeft until={round.closesAt} now={now} />
                </p>
              ) : (
                round.voters !== null && (
                  <p>
                    {t("voters")}:{" "}
                    {t("votersOf", {
                      voters: formatNumber(round.voters, locale),
                      roll: formatNumber(round.rollSize, locale),
                    })}
                  </p>
                )
              )}
            </Card>
          </li>
        ))}
      </CardList>
      {hasPublished && (
        <section className="mt-12 max-w-text space-y-2">
          <h2>{t("published.before")}</h2>
          <p>{t("published.lead")}</p>
          <p>
            <TextLink
              href={{
                pathname: "/[municipality]/rounds/published",
                params: { municipality: municipality.slug },
              }}
            >
              {t("published.title")}
            </TextLink>
          </p>
        </section>
      )}
      <div className="mt-10">
        <FeedLinks
          municipality={municipality.slug}
          kind="rounds"
          calendar={`/api/calendar/${municipality.slug}/all.ics`}
        />
      </div>
    </>
  );
}
