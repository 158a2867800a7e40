import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { ClientMessages } from "@/components/messages";
import { CommonsPicture } from "@/components/pictures/commons-picture";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { Identifier } from "@/components/ui/identifier";
import { Notice } from "@/components/ui/notice";
import { BallotForm } from "@/features/ballots/ballot-form";
import { ballotInHand } from "@/features/ballots/in-hand";
import { type BallotOrder, ballotOrders, inOrder } from "@/features/ballots/order";
import { ProjectFacts } from "@/features/ballots/project-facts";
import { marksOf } from "@/features/ballots/rules";
import { requireMunicipality } from "@/features/municipalities/queries";
import { LimitsText } from "@/features/rounds/limits-text";
import { type RoundView, roundBySlug, ruleOfRound } from "@/features/rounds/queries";
import { RuleExplained } from "@/features/rounds/rule-explained";
import { hasMoreLimits, limitsKind } from "@/features/rounds/rules";
import { isSealed } from "@/features/sealed-voting/rules";
import { SealedVote } from "@/features/sealed-voting/sealed-vote";
import { formatMoney } from "@/lib/format";
import { requireViewer } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/rounds/[round]/vote">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rounds.ballot"))("title"), robots: { index: false } };
}

export default async function VotePage({ params, searchParams }: Props) {
  const { municipality: slug, round: roundSlug } = await params;
  const { ordine, zona } = await searchParams;
  const municipality = await requireMunicipality(slug);
  const round = await roundBySlug(municipality.istatCode, roundSlug);
  if (!round) notFound();
  if (isSealed(round.record))
    return <SealedVote municipality={slug} round={round} {...sealedPaper(slug, round)} />;
  const viewer = await requireViewer();
  const [vote, t, commons, locale] = await Promise.all([
    ballotInHand(municipality.istatCode, round.id, viewer),
    getTranslations("rounds.ballot"),
    getTranslations("commons"),
    getLocale(),
  ]);
  const { least, most } = round.record.ballot;
  const isOpen = round.state === "open" && round.closesAt > new Date();
  const order: BallotOrder = ballotOrders.find((name) => name === ordine) ?? "drawn";
  const districts = [...new Set(round.projectViews.flatMap(({ district }) => district ?? []))].sort(
    (a, b) => a - b,
  );
  const district = districts.find((number) => String(number) === zona);
  const shown = inOrder(round.projectViews, vote.orderCode, order).filter(
    (project) =>
      district === undefined || project.district === district || vote.given.choices.includes(project.number),
  );
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: {
              pathname: "/[municipality]/rounds/[round]",
              params: { municipality: slug, round: roundSlug },
            },
            label: round.title,
            written: true,
          },
        ]}
      />
      <PageHeading
        title={t("title")}
        lead={t("lead", {
          ...{ least, most, rule: limitsKind(round.record.ballot) },
          budget: formatMoney(round.budgetCents, locale),
        })}
      />
      {!isOpen && (
        <EmptyState icon="lock" title={t("closed")}>
          {t("closedText")}
        </EmptyState>
      )}
      {isOpen && !vote.onRoll && (
        <EmptyState icon="info" title={t("notOnRoll")}>
          {t("notOnRollText")}
        </EmptyState>
      )}
      {isOpen && vote.onRoll && (
        <div className="space-y-6">
          {vote.isInHand && <Notice tone="warning">{t("inHand")}</Notice>}
          {vote.ballot && <Notice>{t("already")}</Notice>}
          <RuleExplained rule={ruleOfRound(round.record)} label={t("how")} />
          {hasMoreLimits(round.record.ballot) && <LimitsText ballot={round.record.ballot} />}
          {district !== undefined && <p>{t("filtered")}</p>}
          <ClientMessages namespaces={["ballotPaper"]}>
            <BallotForm
              key={`${order} ${district ?? ""}`}
              round={round.id}
              budgetCents={Number(round.budgetCents)}
              marks={marksOf(round.record.ballot.type, vote.given)}
              ballot={round.record.ballot}
              projects={round.projectViews.length}
              arranging={{
                order,
                orders: ballotOrders
                  .filter((name) => name !== "place" || districts.length > 1)
                  .map((value) => ({ value, label: t(`orders.${value}`) })),
                district: district === undefined ? "" : String(district),
                districts: districts.map((number) => ({
                  ...{ value: String(number), label: commons("districtName", { number }) },
                })),
              }}
              lines={shown.map((project) => ({
                ...{ number: project.number, title: project.title, costCents: project.costCents },
                picture: (
                  <CommonsPicture
                    municipality={slug}
                    picture={project.picture}
                    kind={project.kind}
                    seed={project.commons}
                  />
                ),
                about: <ProjectFacts project={project} />,
              }))}
            />
          </ClientMessages>
          <p className="text-base text-ink-soft">{t("notYet")}</p>
          <Disclosure label={t("orderTitle")} icon="info" quiet>
            <div className="max-w-text space-y-2 text-base">
              <p>{t("orderText")}</p>
              <p>{t("orderHow")}</p>
              <p>
                {t("orderCode")}: <Identifier value={vote.orderCode} />
              </p>
            </div>
          </Disclosure>
        </div>
      )}
    </>
  );
}

function sealedPaper(municipality: string, round: RoundView) {
  return {
    how: <RuleExplained rule={ruleOfRound(round.record)} />,
    lines: round.projectViews.map((project) => ({
      ...{ number: project.number, proposal: project.proposal },
      ...{ title: project.title, costCents: project.costCents },
      picture: (
        <CommonsPicture
          municipality={municipality}
          picture={project.picture}
          kind={project.kind}
          seed={project.commons}
        />
      ),
      about: <ProjectFacts project={project} />,
      read: {
        pathname: "/[municipality]/commons/[commons]" as const,
        params: { municipality, commons: project.commonsSlug },
        query: { scheda: round.slug },
      },
    })),
  };
}
