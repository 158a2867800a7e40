import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { TwoColumns } from "@/components/layout/two-columns";
import { LedgerMark } from "@/components/ledger-mark";
import { ClientMessages } from "@/components/messages";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { CommandLine } from "@/components/ui/command-line";
import { DateText } from "@/components/ui/date-text";
import { DefinitionList } from "@/components/ui/definition-list";
import { DemoMark } from "@/components/ui/demo-mark";
import { EmptyState } from "@/components/ui/empty-state";
import { Italian } from "@/components/ui/italian";
import { ButtonLink, PlainLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Notice } from "@/components/ui/notice";
import { PrintButton } from "@/components/ui/print-button";
import { State } from "@/components/ui/state";
import { isDemonstration, requireMunicipality } from "@/features/municipalities/queries";
import { CountSteps } from "@/features/rounds/count-steps";
import { Ties } from "@/features/rounds/explanations";
import { OwnBallot } from "@/features/rounds/own-ballot";
import { ProjectOutcome } from "@/features/rounds/project-outcome";
import { roundBySlug, ruleOfRound } from "@/features/rounds/queries";
import { resultOf, standingChoices } from "@/features/rounds/result-queries";
import { ResultTable } from "@/features/rounds/result-table";
import { RoundStateMark } from "@/features/rounds/round-state";
import { RuleExplained } from "@/features/rounds/rule-explained";
import { votersOf } from "@/features/rounds/rules";
import { RuleSentence } from "@/features/rounds/rules-text";
import { VoidBallots } from "@/features/rounds/void-ballots";
import { VoteBars } from "@/features/rounds/vote-bars";
import { WhatIf } from "@/features/rounds/what-if";
import { CheckCounts } from "@/features/sealed-voting/check-counts";
import { isSealed } from "@/features/sealed-voting/rules";
import { SealedBox } from "@/features/sealed-voting/sealed-box";
import { readAsked } from "@/lib/asked";
import { formatMoney, formatNumber } from "@/lib/format";

type Props = PageProps<"/[locale]/[municipality]/rounds/[round]/result">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { municipality, round } = await params;
  const found = await roundBySlug((await requireMunicipality(municipality)).istatCode, round);
  const t = await getTranslations("rounds.outcome");
  return found ? { title: `${t("title")}: ${found.title}`, description: t("lead") } : {};
}

export default async function ResultPage({ params, searchParams }: Props) {
  const { risposta } = await searchParams;
  const { municipality: slug, round: roundSlug } = await params;
  const municipality = await requireMunicipality(slug);
  const round = await roundBySlug(municipality.istatCode, roundSlug);
  if (!round) notFound();
  const [locale, t, rounds, organisations] = await Promise.all([
    getLocale(),
    getTranslations("rounds.outcome"),
    getTranslations("rounds"),
    getTranslations("organisations"),
  ]);
  const here = { municipality: slug, round: roundSlug };
  const heading = (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/rounds/[round]", params: here },
            label: round.title,
            written: true,
          },
        ]}
      />
      <PageHeading
        title={
          <>
            {t("title")}: <Italian>{round.title}</Italian>
          </>
        }
        lead={t("lead")}
        actions={<PrintButton />}
      />
    </>
  );
  if (!round.record.outcome)
    return (
      <>
        {heading}
        <EmptyState icon="hourglass" title={t("notYet")}>
          {t("notYetText")}
        </EmptyState>
      </>
    );
  const result = await resultOf(municipality, round);
  if (!result)
    return (
      <>
        {heading}
        <EmptyState icon="hourglass" title={t("counting")}>
          {t("countingText")}
        </EmptyState>
      </>
    );
  const { count, agrees } = result;
  // What a reconstruction shows was published; every other amount of a demonstration is invented.
  const fictional = !round.reconstruction && (await isDemonstration(municipality.istatCode));
  const { outcome } = count;
  const key = (await readAsked(`own ballot ${round.id}`, risposta))?.trim().toLowerCase() ?? "";
  const ownChoices = key ? await standingChoices(municipality.istatCode, round.id, key) : undefined;
  const titles = new Map(round.projectViews.map(({ number, title }) => [String(number), title]));
  const files = `/api/rounds/${slug}/${round.id}`;
  return (
    <>
      {heading}
      <div className="mb-8 space-y-6">
        {round.reconstruction && <Notice tone="warning">{rounds("reconstructionText")}</Notice>}
        <div className="space-y-3">
          <p className="max-w-text font-bold text-xl">
            {t("summary", {
              selected: outcome.selected.length,
              count: round.projectViews.length,
              cost: formatMoney(outcome.costCents, locale),
              budget: formatMoney(round.budgetCents, locale),
            })}
          </p>
          <Notice tone={agrees ? "success" : "danger"} title={agrees ? t("agrees") : t("differs")} />
          <p className="max-w-text text-lg">
            <strong>{t("rule")}.</strong> <RuleSentence round={round.record} />{" "}
            {!round.reconstruction && t("act")}
          </p>
          <RuleExplained rule={ruleOfRound(round.record)} />
        </div>
      </div>
      <TwoColumns
        aside={
          <>
            <p className="flex flex-wrap gap-2">
              <RoundStateMark state={round.state} reconstruction={round.reconstruction} />
            </p>
            <LedgerMark
              municipality={slug}
              status={{ state: "recorded", block: Number(round.block), transaction: round.transactionId }}
            />
            <DefinitionList
              beside
              items={[
                {
                  term: rounds("budget"),
                  description: (
                    <>
                      <Money cents={round.budgetCents} /> <DemoMark fictional={fictional} />
                    </>
                  ),
                },
                { term: t("cost"), description: <Money cents={outcome.costCents} /> },
                {
                  term: t("left"),
                  description: <Money cents={round.budgetCents - BigInt(outcome.costCents)} />,
                },
                {
                  term: rounds("voters"),
                  description: rounds("votersOf", {
                    voters: formatNumber(votersOf(outcome), locale),
                    roll: formatNumber(round.rollSize, locale),
                  }),
                },
                { term: t("valid"), description: formatNumber(outcome.ballots, locale) },
                {
                  term: t("void"),
                  description: <VoidBallots count={outcome.void} voided={count.voided} />,
                },
                ...(outcome.unopened === undefined
                  ? []
                  : [{ term: t("unopened"), description: formatNumber(outcome.unopened, locale) }]),
              ]}
            />
          </>
        }
      >
        <ResultTable municipality={slug} projects={round.projectViews} outcome={outcome} />
        <VoteBars
          title={t("chart")}
          rows={outcome.votes.map(({ number, votes }) => ({
            ...{ label: `${number}. ${titles.get(String(number)) ?? ""}`, votes },
            shown: formatNumber(votes, locale),
            selected: outcome.selected.includes(number),
          }))}
        />
        <section className="space-y-4">
          <h2>{t("why")}</h2>
          {count.margins.length > 0 && <p className="max-w-text">{t("margin.how")}</p>}
          {count.allocation.endowment !== null && <p className="max-w-text">{t("margin.shares")}</p>}
          <ul className="max-w-form space-y-5">
            {count.explanations.map((explanation) => {
              const { project, funded } = explanation;
              return (
                <li key={project} className="space-y-1">
                  <h3 className="flex flex-wrap items-center gap-2 text-lg">
                    {project}. {titles.get(project)}
                    <State
                      icon={funded ? "check-circle" : "minus-circle"}
                      tone={funded ? "success" : "neutral"}
                    >
                      {funded ? t("selected") : t("notSelected")}
                    </State>
                  </h3>
                  <ProjectOutcome
                    explanation={explanation}
                    margin={count.margins.find((one) => one.project === project)}
                    voters={outcome.ballots}
                    titles={titles}
                  />
                </li>
              );
            })}
          </ul>
        </section>
        <section className="max-w-text space-y-2">
          <h2>{t("ties")}</h2>
          {count.allocation.ties.length === 0 && <p>{t("noTies")}</p>}
          <Ties ties={count.allocation.ties} titles={titles} />
        </section>
        <CountSteps trace={count.trace} budget={round.budgetCents} titles={titles} />
        {isSealed(round.record) ? (
          <>
            <SealedBox municipality={slug} round={round} now={new Date()} />
            <CheckCounts municipality={municipality.istatCode} round={round.id} />
          </>
        ) : (
          <OwnBallot
            municipality={slug}
            round={round.id}
            count={count}
            choices={ownChoices}
            ballotKey={key}
            titles={titles}
          />
        )}
        <section className="space-y-3">
          <h2>{t("attested")}</h2>
          {round.record.attestations.length === 0 && <p>{t("nobody")}</p>}
          <ul className="list-disc space-y-1 pl-5">
            {round.record.attestations.map(({ organisation, on }) => (
              <li key={organisation} className="first-letter:uppercase">
                {organisations(organisation)}, <DateText value={on} />
              </li>
            ))}
          </ul>
        </section>
        <section className="space-y-3">
          <h2>{t("download")}</h2>
          {isSealed(round.record) && <p className="max-w-text">{t("downloadText")}</p>}
          {!round.reconstruction && (
            <p>
              <ButtonLink
                icon="shield"
                href={{ pathname: "/[municipality]/rounds/[round]/verify", params: here }}
              >
                {t("verifyHere")}
              </ButtonLink>
            </p>
          )}
          <p>
            <PlainLink href={`${files}/ballots.pb`} icon="download" download>
              {t("downloadPb")}
            </PlainLink>
          </p>
          {isSealed(round.record) ? (
            <>
              <p>
                <PlainLink href={`/api/sealed/${slug}/${round.id}/bundle`} icon="download" download>
                  {t("downloadBundle")}
                </PlainLink>
              </p>
              <p>{t("verifier")}</p>
              <CommandLine>{`npm run --silent verify -- --round ${round.id} --bundle FILE`}</CommandLine>
            </>
          ) : (
            <p>
              <PlainLink href={`${files}/ballots.csv`} icon="download" download>
                {t("downloadCsv")}
              </PlainLink>
            </p>
          )}
        </section>
        <ClientMessages namespaces={["rounds"]}>
          <WhatIf
            file={`${files}/ballots.pb`}
            selected={outcome.selected.map(String)}
            titles={Object.fromEntries(titles)}
          />
        </ClientMessages>
      </TwoColumns>
    </>
  );
}
