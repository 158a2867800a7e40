import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { CommonsPicture } from "@/components/pictures/commons-picture";
import { Card, CardList } from "@/components/ui/card";
import { DateText } from "@/components/ui/date-text";
import { EmptyState } from "@/components/ui/empty-state";
import { Italian } from "@/components/ui/italian";
import { Pagination } from "@/components/ui/pagination";
import { TermHelp } from "@/features/glossary/term-help";
import { requireMunicipality } from "@/features/municipalities/queries";
import { FeedLinks } from "@/features/notifications/feed-links";
import { PactStateMark } from "@/features/pacts/pact-state";
import { listPacts } from "@/features/pacts/queries";
import { pageIn } from "@/lib/page-in";

type Props = PageProps<"/[locale]/[municipality]/pacts">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await requireMunicipality((await params).municipality);
  const t = await getTranslations("pacts");
  return { title: `${t("title")} — ${name}`, description: t("lead") };
}

export default async function PactsPage({ params, searchParams }: Props) {
  const municipality = await requireMunicipality((await params).municipality);
  const { pagina } = await searchParams;
  const [t, { pacts, page, pages }] = await Promise.all([
    getTranslations("pacts"),
    listPacts(municipality.istatCode, pageIn(pagina)),
  ]);
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead")} />
      <TermHelp terms={["pact", "coDesign"]} />
      {pacts.length === 0 && (
        <EmptyState icon="handshake" title={t("empty")}>
          {t("emptyText")}
        </EmptyState>
      )}
      <CardList>
        {pacts.map(({ id, slug, title, state, startsOn, endsOn, commons }) => (
          <li key={id}>
            <Card
              level={2}
              compact
              picture={
                <CommonsPicture
                  municipality={municipality.slug}
                  picture={commons.picture}
                  kind={commons.kind}
                  seed={commons.id}
                />
              }
              href={{
                pathname: "/[municipality]/pacts/[pact]",
                params: { municipality: municipality.slug, pact: slug },
              }}
              title={<Italian>{title}</Italian>}
            >
              <p>
                <PactStateMark state={state} />
              </p>
              <p>
                <Italian>{commons.name}</Italian>
              </p>
              <p>
                {t.rich("fromTo", {
                  from: () => <DateText value={startsOn} form="From" />,
                  to: () => <DateText value={endsOn} form="To" />,
                })}
              </p>
            </Card>
          </li>
        ))}
      </CardList>
      <Pagination
        page={page}
        pages={pages}
        hrefOf={(to) => ({
          ...{ pathname: "/[municipality]/pacts", params: { municipality: municipality.slug } },
          ...(to > 1 && { query: { pagina: String(to) } }),
        })}
      />
      <div className="mt-10">
        <FeedLinks
          municipality={municipality.slug}
          kind="pacts"
          calendar={`/api/calendar/${municipality.slug}/all.ics`}
        />
      </div>
    </>
  );
}
