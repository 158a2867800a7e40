import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/ui/empty-state";
import { openDesks } from "@/features/desk/queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { roundBySlug } from "@/features/rounds/queries";
import { CredentialSteps } from "@/features/sealed-voting/credential-steps";
import { isSealed, mayBeEnrolledIn } from "@/features/sealed-voting/rules";
import { SealedPage } from "@/features/sealed-voting/sealed-page";
import { datePhrases } from "@/lib/phrases";

type Props = PageProps<"/[locale]/[municipality]/rounds/[round]/credential">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("sealedPages"))("credential"), robots: { index: false } };
}

/** Nobody is signed in here: the sign-in for the credential is another one, held by the guarantors. */
export default async function CredentialPage({ params }: Props) {
  const { municipality: slug, round: roundSlug } = await params;
  const municipality = await requireMunicipality(slug);
  const round = await roundBySlug(municipality.istatCode, roundSlug);
  if (!round || !isSealed(round.record)) notFound();
  const [t, locale, desks] = await Promise.all([
    getTranslations("sealedPages"),
    getLocale(),
    openDesks(municipality.istatCode, round.id),
  ]);
  const here = { municipality: slug, round: round.slug };
  return (
    <SealedPage municipality={slug} round={round} title={t("credential")}>
      {mayBeEnrolledIn(round, new Date()) ? (
        <CredentialSteps
          round={round.id}
          site={`/api/sealed/${slug}/${round.id}`}
          isOpen={round.state === "open"}
          opens={datePhrases("opens", round.opensOn, locale)}
          vote={{ pathname: "/[municipality]/rounds/[round]/vote", params: here }}
          {...(desks.length > 0 && {
            desk: { pathname: "/[municipality]/rounds/[round]/desk", params: here },
          })}
        />
      ) : (
        <EmptyState icon="lock" title={t("over")}>
          {t("overText")}
        </EmptyState>
      )}
    </SealedPage>
  );
}
