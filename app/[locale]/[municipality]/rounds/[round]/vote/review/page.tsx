import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { DefinitionList } from "@/components/ui/definition-list";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Notice } from "@/components/ui/notice";
import { GivenMark } from "@/features/ballots/given-mark";
import { ballotInHand } from "@/features/ballots/in-hand";
import { ProjectPlace } from "@/features/ballots/project-facts";
import { ReviewForm } from "@/features/ballots/review-form";
import { choosingProblem, marksOf } from "@/features/ballots/rules";
import { requireMunicipality } from "@/features/municipalities/queries";
import { roundBySlug } from "@/features/rounds/queries";
import { isSealed } from "@/features/sealed-voting/rules";
import { errorSentences } from "@/lib/error-sentences";
import { formatMoney } from "@/lib/format";
import { deadlinePhrases } from "@/lib/phrases";
import { requireViewer } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/rounds/[round]/vote/review">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rounds.review"))("title"), robots: { index: false } };
}

/** What is about to be voted, before it is. The choices come from the voter's own browser, never from the address. */
export default async function ReviewPage({ params }: Props) {
  const { municipality: slug, round: roundSlug } = await params;
  const municipality = await requireMunicipality(slug);
  const round = await roundBySlug(municipality.istatCode, roundSlug);
  if (!round || isSealed(round.record)) notFound();
  const viewer = await requireViewer();
  const [vote, t, ballot, sentence, locale] = await Promise.all([
    ballotInHand(municipality.istatCode, round.id, viewer),
    getTranslations("rounds.review"),
    getTranslations("rounds.ballot"),
    errorSentences(),
    getLocale(),
  ]);
  const here = { municipality: slug, round: roundSlug };
  const back = { pathname: "/[municipality]/rounds/[round]/vote" as const, params: here };
  const isOpen = round.state === "open" && round.closesAt > new Date();
  const chosen = vote.given.choices.flatMap(
    (number) => round.projectViews.find((project) => project.number === number) ?? [],
  );
  const cost = chosen.reduce((sum, { costCents }) => sum + BigInt(costCents), 0n);
  const problem = choosingProblem(round.record, vote.given);
  const backLink = (
    <ButtonLink look="secondary" icon="edit" href={back}>
      {t("back")}
    </ButtonLink>
  );
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/rounds/[round]", params: here },
            label: round.title,
            written: true,
          },
          { href: back, label: ballot("title") },
        ]}
      />
      <PageHeading title={t("title")} lead={t("lead")} />
      {!isOpen && (
        <EmptyState icon="lock" title={ballot("closed")}>
          {ballot("closedText")}
        </EmptyState>
      )}
      {isOpen && !vote.onRoll && (
        <EmptyState icon="info" title={ballot("notOnRoll")}>
          {ballot("notOnRollText")}
        </EmptyState>
      )}
      {isOpen && vote.onRoll && (!vote.isHeld || chosen.length === 0) && (
        <EmptyState icon="ballot" title={t("none")} action={backLink}>
          {t("noneText")}
        </EmptyState>
      )}
      {isOpen && vote.onRoll && vote.isHeld && chosen.length > 0 && (
        <div className="space-y-6">
          <DefinitionList
            items={[
              {
                term: t("chosen"),
                description: t("count", { count: chosen.length, most: round.record.ballot.most }),
              },
              {
                term: t("cost"),
                description: t("costOf", {
                  cost: formatMoney(cost, locale),
                  budget: formatMoney(round.budgetCents, locale),
                }),
              },
            ]}
          />
          {cost > round.budgetCents && round.record.ballot.type !== "knapsack" && (
            <p className="max-w-text">{t("costMore")}</p>
          )}
          {problem ? (
            <Notice tone="danger" title={sentence(problem.code, problem.params)}>
              <p>{backLink}</p>
            </Notice>
          ) : (
            <ReviewForm
              round={round.id}
              command={randomUUID()}
              marks={marksOf(round.record.ballot.type, vote.given)}
              label={t("chosen")}
              submitLabel={ballot("submit")}
            >
              <ol className="max-w-form divide-y divide-line border-line border-y">
                {chosen.map((project, index) => (
                  <li key={project.number} className="flex flex-wrap justify-between gap-x-6 py-3">
                    <span className="min-w-0">
                      <strong className="block">
                        {project.number}. {project.title}
                      </strong>
                      <GivenMark ballot={round.record.ballot} given={vote.given} index={index} />
                      <ProjectPlace project={project} />
                    </span>
                    <Money cents={project.costCents} />
                  </li>
                ))}
              </ol>
            </ReviewForm>
          )}
          {!problem && <p>{backLink}</p>}
          {vote.ballot && <p className="max-w-text">{t("replaces")}</p>}
          <p className="max-w-text">{t("again", deadlinePhrases("date", round.closesAt, locale))}</p>
        </div>
      )}
    </>
  );
}
