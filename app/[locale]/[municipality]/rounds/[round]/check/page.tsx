import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireMunicipality } from "@/features/municipalities/queries";
import { roundBySlug } from "@/features/rounds/queries";
import { CheckElsewhere } from "@/features/sealed-voting/check-elsewhere";
import { CheckSteps } from "@/features/sealed-voting/check-steps";
import { isSealed } from "@/features/sealed-voting/rules";
import { SealedPage } from "@/features/sealed-voting/sealed-page";

type Props = PageProps<"/[locale]/[municipality]/rounds/[round]/check">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("sealedPages"))("check"), robots: { index: false } };
}

export default async function CheckPage({ params }: Props) {
  const { municipality: slug, round: roundSlug } = await params;
  const municipality = await requireMunicipality(slug);
  const round = await roundBySlug(municipality.istatCode, roundSlug);
  if (!round || !isSealed(round.record)) notFound();
  const t = await getTranslations("sealedPages");
  return (
    <SealedPage municipality={slug} round={round} title={t("check")}>
      <CheckSteps
        round={round.id}
        site={`/api/sealed/${slug}/${round.id}`}
        lines={round.projectViews.map(({ number, title, costCents }) => ({ number, title, costCents }))}
      />
      <CheckElsewhere municipality={slug} round={round.id} />
    </SealedPage>
  );
}
