"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "@/lib/format";
import type { BallotContent } from "@/voting/ballots/content";
import type { ProjectLine } from "./ballot-choices";

type Line = Pick<ProjectLine, "number" | "title" | "costCents">;

/** What a ballot says, in the order in which it says it. */
export function ReviewedChoices({ lines, content }: { lines: readonly Line[]; content: BallotContent }) {
  const t = useTranslations("sealedVoting");
  const locale = useLocale();
  const List = content.type === "ranking" ? "ol" : "ul";
  return (
    <List
      className={`space-y-2 rounded-smooth border-2 border-line bg-surface p-4 text-lg ${content.type === "ranking" ? "list-inside list-decimal" : ""}`}
    >
      {content.choices.map((choice, index) => {
        const line = lines.find(({ number }) => String(number) === choice);
        return (
          <li key={choice}>
            <strong>
              {line ? `${line.number}. ${line.title}` : t("unknownProject", { number: choice })}
            </strong>
            {content.type === "points" && <> – {t("pointsOf", { points: content.points[index] ?? "0" })}</>}
            {line && (
              <span className="block text-base text-ink-soft">{formatMoney(line.costCents, locale)}</span>
            )}
          </li>
        );
      })}
      {content.choices.length === 0 && <li>{t("blank")}</li>}
    </List>
  );
}
