import { useTranslations } from "next-intl";
import { DateText, InstantText } from "@/components/ui/date-text";
import { DefinitionList } from "@/components/ui/definition-list";
import type { Appeal, Decision } from "./moderation-views";
import { useOfficeName } from "./office-name";
import { appealUntil, type Ground } from "./rules";

/** Why a comment was hidden, with all that its author has to know to object to it. */
export function StatementOfReasons({
  decision,
  afterReports,
  appeal,
}: {
  decision: Decision;
  afterReports: boolean;
  appeal: Appeal | null;
}) {
  const t = useTranslations("comments.statement");
  const grounds = useTranslations("comments.grounds");
  const officeName = useOfficeName();
  const { facts, reasons, ground, norm, office, at } = decision;
  return (
    <DefinitionList
      items={[
        { term: t("what"), description: t("whatText") },
        { term: t("when"), description: <InstantText value={at} /> },
        { term: t("by"), description: office ? officeName(office) : t("byUnknown") },
        {
          term: t("ground"),
          description: norm ? `${grounds(ground as Ground)} (${norm})` : grounds(ground as Ground),
        },
        ...(facts ? [{ term: t("facts"), description: <Lines text={facts} /> }] : []),
        { term: t("reasons"), description: <Lines text={reasons} /> },
        { term: t("origin"), description: t(afterReports ? "afterReports" : "ownInitiative") },
        { term: t("automated"), description: t("automatedNo") },
        ...(appeal
          ? []
          : [
              {
                term: t("objection"),
                description: (
                  <>
                    {t("objectionText")} <DateText value={appealUntil(at)} />
                  </>
                ),
              },
            ]),
      ]}
    />
  );
}

/** An objection, and what somebody else decided of it. */
export function AppealView({ appeal: { text, at, decided } }: { appeal: Appeal }) {
  const t = useTranslations("comments.appeal");
  const officeName = useOfficeName();
  return (
    <DefinitionList
      items={[
        { term: t("made"), description: <InstantText value={at} /> },
        ...(text ? [{ term: t("text"), description: <Lines text={text} /> }] : []),
        ...(decided
          ? [
              {
                term: t("outcome"),
                description: (
                  <>
                    {t(decided.reversed ? "reversed" : "confirmed")} <InstantText value={decided.at} />
                  </>
                ),
              },
              { term: t("by"), description: officeName(decided.office) },
              { term: t("reasons"), description: <Lines text={decided.reasons} /> },
            ]
          : [{ term: t("outcome"), description: t("waiting") }]),
      ]}
    />
  );
}

export function Lines({ text }: { text: string }) {
  return <span className="wrap-anywhere whitespace-pre-line">{text}</span>;
}
