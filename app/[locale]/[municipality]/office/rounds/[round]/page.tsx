import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { requireMunicipality } from "@/features/municipalities/queries";
import { DraftRound } from "@/features/rounds/draft-round";
import { FrozenRound } from "@/features/rounds/frozen-round";
import { draftRound, roundById } from "@/features/rounds/queries";
import { requireOfficial } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/office/rounds/[round]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { municipality, round } = await params;
  const draft = await draftRound((await requireMunicipality(municipality)).istatCode, round);
  return { title: draft?.words.title ?? null, robots: { index: false } };
}

export default async function OfficeRoundPage({ params }: Props) {
  const { municipality: slug, round: id } = await params;
  const municipality = await requireMunicipality(slug);
  const viewer = await requireOfficial(municipality.istatCode);
  const [t, frozen, draft] = await Promise.all([
    getTranslations("rounds.office"),
    roundById(municipality.istatCode, id),
    draftRound(municipality.istatCode, id),
  ]);
  if (!draft) notFound();
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/office/rounds", params: { municipality: slug } },
            label: t("title"),
          },
        ]}
      />
      <PageHeading title={draft.words.title} lead={draft.words.summary} />
      {frozen ? (
        <FrozenRound municipality={municipality} round={frozen} viewer={viewer} />
      ) : (
        <DraftRound municipality={municipality} draft={draft} viewer={viewer} />
      )}
    </>
  );
}
