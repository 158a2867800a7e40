import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/ui/empty-state";
import { Italian } from "@/components/ui/italian";
import { openDesks } from "@/features/desk/queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { roundBySlug } from "@/features/rounds/queries";
import { CredentialSteps } from "@/features/sealed-voting/credential-steps";
import { isSealed, mayBeEnrolledIn } from "@/features/sealed-voting/rules";
import { SealedPage } from "@/features/sealed-voting/sealed-page";
import { addressOf } from "@/lib/language/address";
import { datePhrases } from "@/lib/phrases";

type Props = PageProps<"/[locale]/[municipality]/rounds/[round]/desk">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("sealedPages"))("desk"), robots: { index: false } };
}

/** The voting client on a device of a Casa: two operators vouch for whoever cannot sign in. */
export default async function DeskPage({ params }: Props) {
  const { municipality: slug, round: roundSlug } = await params;
  const municipality = await requireMunicipality(slug);
  const round = await roundBySlug(municipality.istatCode, roundSlug);
  if (!round || !isSealed(round.record)) notFound();
  const [t, locale, desks] = await Promise.all([
    getTranslations("sealedPages"),
    getLocale(),
    openDesks(municipality.istatCode, round.id),
  ]);
  const isOver = !mayBeEnrolledIn(round, new Date());
  return (
    <SealedPage municipality={slug} round={round} title={t("desk")} isShared={!isOver && desks.length > 0}>
      {isOver && (
        <EmptyState icon="lock" title={t("over")}>
          {t("overText")}
        </EmptyState>
      )}
      {!isOver && desks.length === 0 && (
        <EmptyState icon="hourglass" title={t("noDesk")}>
          {t("noDeskText")}
        </EmptyState>
      )}
      {!isOver && desks.length > 0 && (
        <>
          <section className="max-w-text space-y-2">
            <p>{t("deskText")}</p>
            <ul className="list-disc pl-6">
              {desks.map((house) => (
                <li key={house}>
                  <Italian>{house}</Italian>
                </li>
              ))}
            </ul>
          </section>
          <CredentialSteps
            round={round.id}
            site={`/api/sealed/${slug}/${round.id}`}
            isOpen={round.state === "open"}
            opens={datePhrases("opens", round.opensOn, locale)}
            vote={{
              pathname: "/[municipality]/rounds/[round]/vote",
              params: { municipality: slug, round: round.slug },
            }}
            office={addressOf(locale, {
              pathname: "/[municipality]/office/rounds/[round]",
              params: { municipality: slug, round: round.id },
            })}
          />
        </>
      )}
    </SealedPage>
  );
}
