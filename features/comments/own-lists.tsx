import { useTranslations } from "next-intl";
import { InstantText } from "@/components/ui/date-text";
import { TextLink } from "@/components/ui/link";
import type { OwnDecided, OwnReport } from "./own-moderation-queries";
import type { Ground } from "./rules";
import { Lines } from "./statement";

/** Each report with its number, by which its person finds it again, and what became of it. */
export function OwnReportsList({
  municipality,
  reports,
}: {
  municipality: string;
  reports: readonly OwnReport[];
}) {
  const t = useTranslations("comments.own");
  const grounds = useTranslations("comments.grounds");
  return (
    <ul className="divide-y divide-line border-line border-y">
      {reports.map(({ id, comment, reason, text, at, state, decision }) => (
        <li key={id} id={`report-${id}`} className="space-y-1 py-3">
          <p className="text-base text-ink-soft">
            {t("number", { number: id.slice(0, 8) })} · <InstantText value={at} />
          </p>
          <p className="font-semibold">{grounds(reason as Ground)}</p>
          {text && (
            <p>
              <Lines text={text} />
            </p>
          )}
          <p>{t(`states.${state}`)}</p>
          {decision && (
            <p>
              {t("because")} <Lines text={decision.reasons} />
            </p>
          )}
          <p>
            <TextLink href={hrefOf(municipality, comment)} aria-describedby={`report-${id}`}>
              {t("toComment")}
            </TextLink>
          </p>
        </li>
      ))}
    </ul>
  );
}

export function OwnDecidedList({
  municipality,
  decided,
}: {
  municipality: string;
  decided: readonly OwnDecided[];
}) {
  const t = useTranslations("comments.own");
  const grounds = useTranslations("comments.grounds");
  return (
    <ul className="divide-y divide-line border-line border-y">
      {decided.map(({ comment, words, decision, appeal }) => (
        <li key={decision.id} className="space-y-1 py-3">
          <p className="text-base text-ink-soft">
            <InstantText value={decision.at} /> · {grounds(decision.ground as Ground)}
          </p>
          <TextLink href={hrefOf(municipality, comment)} className="wrap-anywhere font-semibold">
            {words}
          </TextLink>
          <p>
            {appeal
              ? appeal.decided
                ? t(appeal.decided.reversed ? "appealReversed" : "appealConfirmed")
                : t("appealWaiting")
              : t("mayAppeal")}
          </p>
        </li>
      ))}
    </ul>
  );
}

function hrefOf(municipality: string, comment: string) {
  return {
    pathname: "/[municipality]/comments/[comment]" as const,
    params: { municipality, comment },
  };
}
