import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { ClientMessages } from "@/components/messages";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { CommandLine } from "@/components/ui/command-line";
import { EmptyState } from "@/components/ui/empty-state";
import { PlainLink } from "@/components/ui/link";
import { requireMunicipality } from "@/features/municipalities/queries";
import { roundBySlug } from "@/features/rounds/queries";
import { ballotsAreTold } from "@/features/rounds/rules";
import { VerifyHere } from "@/features/rounds/verify-here";

type Props = PageProps<"/[locale]/[municipality]/rounds/[round]/verify">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("verifyHere");
  return { title: t("title"), description: t("lead") };
}

/** The whole evidence of a round, checked by the reader's own browser. */
export default async function VerifyRoundPage({ params }: Props) {
  const { municipality: slug, round: roundSlug } = await params;
  const municipality = await requireMunicipality(slug);
  const round = await roundBySlug(municipality.istatCode, roundSlug);
  // Of a published result that is only shown here, the ledger has no ballots.
  if (!round || round.reconstruction) notFound();
  const t = await getTranslations("verifyHere");
  const here = { municipality: slug, round: round.slug };
  const bundle = `/api/sealed/${slug}/${round.id}/bundle`;
  return (
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
      <PageHeading title={t("title")} lead={t("lead")} />
      {ballotsAreTold(round.state) ? (
        <div className="space-y-8">
          <div className="max-w-text space-y-3">
            <p>{t("how")}</p>
            <p>{t("program")}</p>
          </div>
          <ClientMessages namespaces={["verifyHere"]}>
            <VerifyHere round={round.id} bundle={bundle} />
          </ClientMessages>
          <section className="max-w-text space-y-3">
            <h2>{t("elsewhere")}</h2>
            <p>{t("elsewhereText")}</p>
            <p>
              <PlainLink href={bundle} icon="download" download>
                {t("download")}
              </PlainLink>
            </p>
            <CommandLine>{`npm run --silent verify -- --round ${round.id} --bundle FILE`}</CommandLine>
          </section>
        </div>
      ) : (
        <EmptyState icon="hourglass" title={t("notYet")}>
          {t("notYetText")}
        </EmptyState>
      )}
    </>
  );
}
