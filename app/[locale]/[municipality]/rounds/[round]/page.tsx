import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { TwoColumns } from "@/components/layout/two-columns";
import { LedgerMark } from "@/components/ledger-mark";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { DateText, DeadlineText } from "@/components/ui/date-text";
import { DefinitionList } from "@/components/ui/definition-list";
import { DemoMark } from "@/components/ui/demo-mark";
import { Italian } from "@/components/ui/italian";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Notice } from "@/components/ui/notice";
import { TimeLeft } from "@/components/ui/time-left";
import { OwnVote } from "@/features/ballots/own-vote";
import { ProjectFacts } from "@/features/ballots/project-facts";
import { voterView } from "@/features/ballots/queries";
import { EmbedCode } from "@/features/embed/embed-code";
import { isDemonstration, requireMunicipality } from "@/features/municipalities/queries";
import { FollowButton } from "@/features/notifications/follow-button";
import { isFollowing } from "@/features/notifications/queries";
import { LimitsText } from "@/features/rounds/limits-text";
import { Objections } from "@/features/rounds/objections";
import { ProjectCards } from "@/features/rounds/project-cards";
import { objectionsTo, roundBySlug } from "@/features/rounds/queries";
import { RoundStateMark } from "@/features/rounds/round-state";
import { RulesText } from "@/features/rounds/rules-text";
import { isSealed } from "@/features/sealed-voting/rules";
import { SealedBox } from "@/features/sealed-voting/sealed-box";
import { ShareBar } from "@/features/sharing/share-bar";
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
  const isSecret = isSealed(round.record);
  const vote = viewer && !isSecret ? await voterView(municipality.istatCode, round.id, viewer) : undefined;
  const isCounted = ["counted", "attested", "final"].includes(round.state);
  const here = { municipality: slug, round: round.slug };
  // What a reconstruction shows was published; every other amount of a demonstration is invented.
  const fictional = !round.reconstruction && (await isDemonstration(municipality.istatCode));
  const now = new Date();
  const isOpen = round.state === "open" && round.closesAt > now;
  const isOver = !isOpen && round.state !== "frozen";
  const locale = await getLocale();
  const followed = await isFollowing(municipality.istatCode, viewer, { kind: "round", subject: round.id });
  return (
    <>
      <Breadcrumb
        items={[
          { href: { pathname: "/[municipality]/rounds", params: { municipality: slug } }, label: t("title") },
        ]}
      />
      <PageHeading
        title={<Italian>{round.title}</Italian>}
        lead={<Italian>{round.summary}</Italian>}
        actions={
          <>
            {isOpen && !isSecret && !vote?.ballot && (
              <ButtonLink
                icon="ballot"
                href={{ pathname: "/[municipality]/rounds/[round]/vote", params: here }}
              >
                {viewer ? t("vote") : t("signInToVote")}
              </ButtonLink>
            )}
            {viewer && !round.reconstruction && (
              <FollowButton {...{ kind: "round", subject: round.id, followed }} signedIn />
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
      <ShareBar
        title={round.title}
        href={{ pathname: "/[municipality]/rounds/[round]", params: here }}
        {...(!round.reconstruction && { calendar: `/api/calendar/${slug}/rounds/${round.slug}` })}
        embed={<EmbedCode municipality={slug} subject="rounds" slug={round.slug} title={round.title} />}
      />
      <TwoColumns
        aside={
          <>
            <div className="space-y-3">
              <p className="flex flex-wrap gap-2">
                <RoundStateMark state={round.state} reconstruction={round.reconstruction} />
              </p>
              <LedgerMark
                municipality={slug}
                status={{ state: "recorded", block: Number(round.block), transaction: round.transactionId }}
              />
            </div>
            <DefinitionList
              beside
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
                ...(round.voters === null
                  ? []
                  : [
                      {
                        term: round.state === "open" ? t("votersUntilYesterday") : t("voters"),
                        description: t("votersOf", {
                          voters: formatNumber(round.voters, locale),
                          roll: formatNumber(round.rollSize, locale),
                        }),
                      },
                    ]),
                {
                  term: t("call"),
                  description: (
                    <TextLink
                      href={{
                        pathname: "/[municipality]/calls/[call]",
                        params: { municipality: slug, call: round.call.slug },
                      }}
                    >
                      <Italian>{round.call.title}</Italian>
                    </TextLink>
                  ),
                },
              ]}
            />
          </>
        }
      >
        {round.reconstruction && <Notice tone="warning">{t("reconstructionText")}</Notice>}
        {isSecret && <SealedBox municipality={slug} round={round} now={now} />}
        {vote?.ballot && <OwnVote municipality={slug} round={round} ballot={vote.ballot} isOpen={isOpen} />}
        <ProjectCards
          municipality={slug}
          projects={round.projectViews}
          budgetCents={round.budgetCents}
          isOver={isOver}
          aboutOf={(project) => <ProjectFacts project={project} />}
        >
          <LimitsText ballot={round.record.ballot} isOver={isOver} />
          {round.projectViews.length > 1 && (
            <p>
              <TextLink href={{ pathname: "/[municipality]/rounds/[round]/compare", params: here }}>
                {t("compare.link")}
              </TextLink>
            </p>
          )}
        </ProjectCards>
        <RulesText round={round.record} />
        {isCounted && <Objections round={round} objections={objections} signedIn={viewer !== undefined} />}
      </TwoColumns>
    </>
  );
}
