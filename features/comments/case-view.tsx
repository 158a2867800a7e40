import { useTranslations } from "next-intl";
import { InstantText } from "@/components/ui/date-text";
import type { CaseReport } from "./moderation-queries";
import type { Appeal, Decision } from "./moderation-views";
import { useOfficeName } from "./office-name";
import type { Ground } from "./rules";
import { AppealView, Lines, StatementOfReasons } from "./statement";

/** What was reported, by people who are told apart and not named. */
export function CaseReports({
  reports,
  count,
  revision,
}: {
  reports: readonly CaseReport[];
  count: number;
  /** Of the comment as it reads now. */
  revision: number;
}) {
  const t = useTranslations("comments.case");
  const grounds = useTranslations("comments.grounds");
  return (
    <section aria-labelledby="reports" className="space-y-3">
      <h2 id="reports">{t("reports", { count })}</h2>
      <ul className="divide-y divide-line border-line border-y empty:hidden">
        {reports.map((report) => (
          <li key={report.id} className="space-y-1 py-3">
            <p className="font-semibold">{grounds(report.reason as Ground)}</p>
            {report.text && (
              <p>
                <Lines text={report.text} />
              </p>
            )}
            <p className="text-base text-ink-soft">
              {t("person", { sign: report.sign })} · <InstantText value={report.at} />
              {report.revision !== revision && <> · {t("earlier")}</>}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What was decided, with the reasons that were given. */
export function CaseHistory({
  decisions,
  appeals,
  hasReports,
}: {
  decisions: readonly Decision[];
  appeals: readonly Appeal[];
  hasReports: boolean;
}) {
  const t = useTranslations("comments.case");
  const officeName = useOfficeName();
  if (decisions.length === 0) return null;
  return (
    <section aria-labelledby="decisions" className="space-y-4">
      <h2 id="decisions">{t("decisions")}</h2>
      {decisions.map((decision) => {
        const appeal = appeals.find((one) => one.decision === decision.id) ?? null;
        return (
          <div key={decision.id} className="space-y-4">
            {decision.hides ? (
              <StatementOfReasons decision={decision} afterReports={hasReports} appeal={appeal} />
            ) : (
              <p>
                {t("kept")} <InstantText value={decision.at} />
                {decision.office && <> · {officeName(decision.office)}</>}: <Lines text={decision.reasons} />
              </p>
            )}
            {appeal && (
              <>
                <h3>{t("appeal")}</h3>
                <AppealView appeal={appeal} />
              </>
            )}
          </div>
        );
      })}
    </section>
  );
}
