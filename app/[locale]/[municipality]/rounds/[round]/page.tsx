import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { LedgerMark } from "@/components/ledger-mark";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { DateText, DeadlineText } from "@/components/ui/date-text";
import { DefinitionList } from "@/components/ui/definition-list";
import { DemoMark } from "@/components/ui/demo-mark";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Notice } from "@/components/ui/notice";
import { TimeLeft } from "@/components/ui/time-left";
import { isDemonstration, requireMunicipality } from "@/features/municipalities/queries";
import { Objections } from "@/features/rounds/objections";
import { ProjectTable } from "@/features/rounds/project-table";
import { objectionsTo, roundBySlug } from "@/features/rounds/queries";
import { RoundStateMark } from "@/features/rounds/round-state";
import { RulesText } from "@/features/rounds/rules-text";
import { currentViewer } from "@/lib/auth";
import { formatNumber } from "@/lib/format";

type Props = PageProps<"/[locale]/[municipality]/rounds/[round]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { municipality, round } = await params;
  const found = await roundBySlug((await requireMunicipality(municipality)).istatCode, round);
  return found ? { title: found.title, description: found.summary } : {};
}

export default async function RoundPage({ params }: Props) {
  const { municipality: slug, round: roundSlug } = await params;
  const municipality = await requireMunicipality(slug);
  const [round, viewer, t] = await Promise.all([
    roundBySlug(municipality.istatCode, roundSlug),
    currentViewer(),
    getTranslations("rounds"),
  ]);
  if (!round) notFound();
  const objections = await objectionsTo(municipality.istatCode, round.id, viewer?.id);
  const isCounted = ["counted", "attested", "final"].includes(round.state);
  const here = { municipality: slug, round: round.slug };
  // What a reconstruction shows was published; every other amount of a demonstration is invented.
  const fictional = !round.reconstruction && (await isDemonstration(municipality.istatCode));
  const now = new Date();
  const locale = await getLocale();
  return (
    <>
      <Breadcrumb
        items={[
          { href: { pathname: "/[municipality]/rounds", params: { municipality: slug } }, label: t("title") },
        ]}
      />
      <PageHeading
        title={round.title}
        lead={round.summary}
        actions={
          <>
            {round.state === "open" && (
              <ButtonLink
                icon="ballot"
                href={{ pathname: "/[municipality]/rounds/[round]/vote", params: here }}
              >
                {viewer ? t("vote") : t("signInToVote")}
              </ButtonLink>
            )}
            {isCounted && (
              <ButtonLink
                icon="scale"
                href={{ pathname: "/[municipality]/rounds/[round]/result", params: here }}
              >
                {t("result")}
              </ButtonLink>
            )}
          </>
        }
      />
      <div className="space-y-8">
        <div className="space-y-3">
          <p className="flex flex-wrap gap-2">
            <RoundStateMark state={round.state} reconstruction={round.reconstruction} />
          </p>
          {round.reconstruction && <Notice tone="warning">{t("reconstructionText")}</Notice>}
          <LedgerMark
            municipality={slug}
            status={{ state: "recorded", block: Number(round.block), transaction: round.transactionId }}
          />
        </div>
        <DefinitionList
          items={[
            { term: t("opens"), description: <DateText value={round.opensOn} /> },
            {
              term: t("closes"),
              description: (
                <>
                  <DeadlineText value={round.closesAt} />
                  {round.state === "open" && (
                    <>
                      {" "}
                      (<TimeLeft until={round.closesAt} now={now} />)
                    </>
                  )}
                </>
              ),
            },
            {
              term: t("budget"),
              description: (
                <>
                  <Money cents={round.budgetCents} /> <DemoMark fictional={fictional} />
                </>
              ),
            },
            {
              term: round.state === "open" ? t("votersUntilYesterday") : t("voters"),
              description: t("votersOf", {
                voters: formatNumber(round.voters, locale),
                roll: formatNumber(round.rollSize, locale),
              }),
            },
            {
              term: t("call"),
              description: (
                <TextLink
                  href={{
                    pathname: "/[municipality]/calls/[call]",
                    params: { municipality: slug, call: round.call.slug },
                  }}
                >
                  {round.call.title}
                </TextLink>
              ),
            },
          ]}
        />
        <ProjectTable municipality={slug} projects={round.projectViews}>
          <p>{t("choices", { most: round.record.ballot.most })}</p>
        </ProjectTable>
        <RulesText round={round.record} />
        {isCounted && <Objections round={round} objections={objections} signedIn={viewer !== undefined} />}
      </div>
    </>
  );
}
