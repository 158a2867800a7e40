import { diffWordsWithSpace } from "diff";
import { useTranslations } from "next-intl";

/** Two long texts that have little in common are not compared for longer than this: milliseconds. */
const LONGEST_MS = 500;

/** What became of a text, word by word: what is new and what is gone is marked, and said to those who hear it. */
export function Differences({ before, after }: { before: string; after: string }) {
  const t = useTranslations("ui.differences");
  const parts = diffWordsWithSpace(before, after, { timeout: LONGEST_MS }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ];
  return (
    <p className="wrap-anywhere whitespace-pre-line">
      {parts.map(({ value, added, removed }, index) => {
        // The parts of one comparison never change places.
        const key = `${index}`;
        if (added)
          return (
            <ins key={key} className="bg-success-soft px-0.5">
              <span className="sr-only">{t("added")} </span>
              {value}
              <span className="sr-only"> {t("end")}</span>
            </ins>
          );
        if (removed)
          return (
            <del key={key} className="bg-danger-soft px-0.5">
              <span className="sr-only">{t("removed")} </span>
              {value}
              <span className="sr-only"> {t("end")}</span>
            </del>
          );
        return <span key={key}>{value}</span>;
      })}
    </p>
  );
}
