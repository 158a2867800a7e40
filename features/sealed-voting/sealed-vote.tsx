import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import type { RoundView } from "@/features/rounds/queries";
import { deadlinePhrases } from "@/lib/phrases";
import type { ProjectLine } from "./ballot-choices";
import { SealedPage } from "./sealed-page";
import { VotingSteps } from "./voting-steps";

/** The page on which a sealed ballot is made. It knows of nobody: whoever has a credential votes. */
export async function SealedVote({
  municipality,
  round,
  lines,
  how,
}: {
  municipality: string;
  round: RoundView;
  lines: readonly ProjectLine[];
  /** The rule, explained. */
  how: ReactNode;
}) {
  const [t, ballot, locale] = await Promise.all([
    getTranslations("sealedPages"),
    getTranslations("rounds.ballot"),
    getLocale(),
  ]);
  const params = { municipality, round: round.slug };
  const isOpen = round.state === "open" && round.closesAt > new Date();
  return (
    <SealedPage municipality={municipality} round={round} title={ballot("title")}>
      {round.state === "frozen" && (
        <EmptyState icon="hourglass" title={t("notOpen")}>
          {t("notOpenText")}
        </EmptyState>
      )}
      {round.state !== "frozen" && !isOpen && (
        <EmptyState icon="lock" title={ballot("closed")}>
          {ballot("closedText")}
        </EmptyState>
      )}
      {isOpen && (
        <>
          {how}
          <VotingSteps
            round={round.id}
            site={`/api/sealed/${municipality}/${round.id}`}
            lines={lines}
            limits={{ ...round.record.ballot, budgetCents: Number(round.budgetCents) }}
            credential={{ pathname: "/[municipality]/rounds/[round]/credential", params }}
            check={{ pathname: "/[municipality]/rounds/[round]/check", params }}
            closes={deadlinePhrases("closes", round.closesAt, locale)}
          />
        </>
      )}
    </SealedPage>
  );
}
