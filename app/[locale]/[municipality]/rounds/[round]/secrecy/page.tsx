import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { NumbersByDesk } from "@/features/desk/desk-numbers";
import { requireMunicipality } from "@/features/municipalities/queries";
import { roundBySlug } from "@/features/rounds/queries";
import { ballotsAreTold } from "@/features/rounds/rules";
import { numbersOf, sealingOf } from "@/features/sealed-voting/queries";
import { Secrecy } from "@/features/sealed-voting/secrecy";

type Props = PageProps<"/[locale]/[municipality]/rounds/[round]/secrecy">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sealedPages.secrecy");
  return { title: t("title"), description: t("lead") };
}

/** For the sceptical: what is promised, what is not, and this round's own numbers. */
export default async function SecrecyPage({ params }: Props) {
  const { municipality: slug, round: roundSlug } = await params;
  const municipality = await requireMunicipality(slug);
  const round = await roundBySlug(municipality.istatCode, roundSlug);
  const sealing = round && (await sealingOf(municipality.istatCode, round.id));
  if (!round || !sealing) notFound();
  const [t, numbers] = await Promise.all([
    getTranslations("sealedPages.secrecy"),
    numbersOf(municipality.istatCode, round.id, ballotsAreTold(round.state)),
  ]);
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: {
              pathname: "/[municipality]/rounds/[round]",
              params: { municipality: slug, round: round.slug },
            },
            label: round.title,
            written: true,
          },
        ]}
      />
      <PageHeading title={t("title")} lead={t("lead")} />
      <Secrecy municipality={slug} round={round} sealing={sealing} numbers={numbers} />
      <NumbersByDesk municipality={municipality.istatCode} round={round.id} />
    </>
  );
}
