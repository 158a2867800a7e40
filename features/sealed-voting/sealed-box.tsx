import { getTranslations } from "next-intl/server";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { RoundView } from "@/features/rounds/queries";
import { OneMachine } from "./one-machine";
import { mayBeChecked, mayBeEnrolledIn } from "./rules";

/** On a round's page: what a voter does now, and the reminder to check once the vote is closed. */
export async function SealedBox({
  municipality,
  round,
  now,
}: {
  municipality: string;
  round: RoundView;
  now: Date;
}) {
  const t = await getTranslations("sealedPages.box");
  const params = { municipality, round: round.slug };
  const isOpen = round.state === "open" && round.closesAt > now;
  return (
    <div className="space-y-4">
      <Notice title={t("title")}>
        <p>{mayBeChecked(round, now) ? t("checkText") : t("text")}</p>
        <p className="flex flex-wrap gap-3 pt-1 print:hidden">
          {mayBeEnrolledIn(round, now) && (
            <ButtonLink
              icon="shield"
              href={{ pathname: "/[municipality]/rounds/[round]/credential", params }}
            >
              {t("take")}
            </ButtonLink>
          )}
          {isOpen && (
            <ButtonLink
              look="secondary"
              icon="ballot"
              href={{ pathname: "/[municipality]/rounds/[round]/vote", params }}
            >
              {t("vote")}
            </ButtonLink>
          )}
          {mayBeChecked(round, now) && (
            <ButtonLink icon="check" href={{ pathname: "/[municipality]/rounds/[round]/check", params }}>
              {t("check")}
            </ButtonLink>
          )}
        </p>
        <p>
          <TextLink href={{ pathname: "/[municipality]/rounds/[round]/secrecy", params }}>
            {t("secrecy")}
          </TextLink>
        </p>
      </Notice>
      <OneMachine />
    </div>
  );
}
