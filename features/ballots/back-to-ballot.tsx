import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { roundBySlug } from "@/features/rounds/queries";

/** On the page of a project that was opened from a ballot: the way back to it. */
export async function BackToBallot({
  municipality: { istatCode, slug },
  round,
}: {
  municipality: { istatCode: string; slug: string };
  /** As the address has it. */
  round: unknown;
}) {
  const found = typeof round === "string" ? await roundBySlug(istatCode, round) : null;
  if (!found) return null;
  const t = await getTranslations("rounds");
  return (
    <div className="mb-6 print:hidden">
      <Notice title={found.title}>
        <p>{t("backToBallotText")}</p>
        <ButtonLink
          icon="ballot"
          href={{
            pathname: "/[municipality]/rounds/[round]/vote",
            params: { municipality: slug, round: found.slug },
          }}
        >
          {t("backToBallot")}
        </ButtonLink>
      </Notice>
    </div>
  );
}
