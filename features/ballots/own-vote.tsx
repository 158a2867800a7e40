import { useLocale, useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { datePhrases, deadlinePhrases } from "@/lib/phrases";
import type { VoterView } from "./queries";

const looks = { recorded: "success", pending: "info", failed: "danger" } as const;
const titles = { recorded: "title", pending: "pending", failed: "failed" } as const;

/** On a round's page: that its reader has voted, never what; where the receipt is, and whether the vote may change. */
export function OwnVote({
  municipality,
  round,
  ballot: { status, seq, givenAt },
  isOpen,
}: {
  municipality: string;
  round: { slug: string; closesAt: Date };
  ballot: NonNullable<VoterView["ballot"]>;
  isOpen: boolean;
}) {
  const t = useTranslations("rounds.voted");
  const rounds = useTranslations("rounds");
  const locale = useLocale();
  const params = { municipality, round: round.slug };
  return (
    <Notice tone={looks[status]} title={t(titles[status])}>
      <p>{t("when", { seq, ...datePhrases("when", givenAt, locale) })}</p>
      {status === "failed" ? (
        <p>{t("failedText")}</p>
      ) : (
        <p>{isOpen ? t("again", deadlinePhrases("date", round.closesAt, locale)) : t("over")}</p>
      )}
      <p className="flex flex-wrap gap-3 pt-1 print:hidden">
        <ButtonLink icon="document" href={{ pathname: "/[municipality]/rounds/[round]/receipt", params }}>
          {t("receipt")}
        </ButtonLink>
        {isOpen && (
          <ButtonLink
            look="secondary"
            icon="edit"
            href={{ pathname: "/[municipality]/rounds/[round]/vote", params }}
          >
            {rounds("voteAgain")}
          </ButtonLink>
        )}
      </p>
    </Notice>
  );
}
