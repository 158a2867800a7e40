import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { requireMunicipality } from "@/features/municipalities/queries";
import { publishedVotes } from "@/features/rounds/published-queries";
import { PublishedRanking } from "@/features/rounds/published-ranking";

type Props = PageProps<"/[locale]/[municipality]/rounds/published">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await requireMunicipality((await params).municipality);
  const t = await getTranslations("rounds.published");
  return { title: `${t("title")} — ${name}`, description: t("lead") };
}

/** Votes held before Co-City: what was published of them, and no more. */
export default async function PublishedVotesPage({ params }: Props) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const [votes, t, rounds] = await Promise.all([
    publishedVotes(istatCode),
    getTranslations("rounds.published"),
    getTranslations("rounds"),
  ]);
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/rounds", params: { municipality: slug } },
            label: rounds("title"),
          },
        ]}
      />
      <PageHeading title={t("title")} lead={t("lead")} />
      <div className="space-y-10">
        {votes.length === 0 ? (
          <EmptyState icon="info" title={t("none")} />
        ) : (
          <Notice tone="warning" title={t("notice")}>
            <p>{t("noticeText")}</p>
          </Notice>
        )}
        {votes.map((vote) => (
          <PublishedRanking key={vote.name} municipality={slug} vote={vote} />
        ))}
      </div>
    </>
  );
}
