import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Card, CardList } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Money } from "@/components/ui/money";
import { TimeLeft } from "@/components/ui/time-left";
import { requireMunicipality } from "@/features/municipalities/queries";
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
  const [t, locale, rounds] = await Promise.all([
    getTranslations("rounds"),
    getLocale(),
    listRounds(municipality.istatCode),
  ]);
  const now = new Date();
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead")} />
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
              title={round.title}
            >
              <p className="flex flex-wrap gap-2">
                <RoundStateMark state={round.state} reconstruction={round.reconstruction} />
              </p>
              <p>{round.summary}</p>
              <p>
                {t("budget")}: <Money cents={round.budgetCents} />
              </p>
              {round.state === "open" ? (
                <p>
                  {t("closesIn")}: <TimeLeft until={round.closesAt} now={now} />
                </p>
              ) : (
                <p>
                  {t("voters")}:{" "}
                  {t("votersOf", {
                    voters: formatNumber(round.voters, locale),
                    roll: formatNumber(round.rollSize, locale),
                  })}
                </p>
              )}
            </Card>
          </li>
        ))}
      </CardList>
    </>
  );
}
