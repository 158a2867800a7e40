import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { EmptyState } from "@/components/ui/empty-state";
import { FieldsForm } from "@/components/ui/fields-form";
import { Notice } from "@/components/ui/notice";
import { cast } from "@/features/ballots/actions";
import { voterView } from "@/features/ballots/queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { roundBySlug } from "@/features/rounds/queries";
import { formatMoney } from "@/lib/format";
import { requireViewer } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/rounds/[round]/vote">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rounds.ballot"))("title"), robots: { index: false } };
}

export default async function VotePage({ params }: Props) {
  const { municipality: slug, round: roundSlug } = await params;
  const municipality = await requireMunicipality(slug);
  const round = await roundBySlug(municipality.istatCode, roundSlug);
  if (!round) notFound();
  const viewer = await requireViewer();
  const [vote, t, locale] = await Promise.all([
    voterView(municipality.istatCode, round.id, viewer),
    getTranslations("rounds.ballot"),
    getLocale(),
  ]);
  const { most } = round.record.ballot;
  const isOpen = round.state === "open" && round.closesAt > new Date();
  const options = round.projectViews.map(({ number, title, commonsName, costCents }) => ({
    value: String(number),
    label: `${number}. ${title}`,
    hint: `${commonsName} – ${t("cost")} ${formatMoney(costCents, locale)}`,
  }));
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
          },
        ]}
      />
      <PageHeading
        title={t("title")}
        lead={t("lead", { most, budget: formatMoney(round.budgetCents, locale) })}
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
          {vote.ballot && <Notice>{t("already")}</Notice>}
          <FieldsForm
            id="ballot"
            action={cast}
            hidden={{ round: round.id, command: crypto.randomUUID() }}
            initial={{ choices: (vote.ballot?.choices ?? []).map(String) }}
            fields={[
              { kind: most === 1 ? "radio" : "checkboxes", name: "choices", label: t("group"), options },
            ]}
            submitLabel={t("submit")}
            submitIcon="ballot"
          />
          <p className="text-base text-ink-soft">{t("notYet")}</p>
        </div>
      )}
    </>
  );
}
