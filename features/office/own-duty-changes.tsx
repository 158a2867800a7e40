import { useTranslations } from "next-intl";
import { InstantText } from "@/components/ui/date-text";
import { type StepName, stepName } from "@/features/workflow/rules";
import type { ownDutyChanges } from "./queue-queries";

/** What a person in office assigned or numbered: kept in the database, beside their acts on the ledger. */
export function OwnDutyChanges({ changes }: { changes: Awaited<ReturnType<typeof ownDutyChanges>> }) {
  const t = useTranslations("office.changes");
  const steps = useTranslations("workflow.steps");
  if (changes.length === 0) return null;
  return (
    <section aria-labelledby="office-changes" className="mt-10 space-y-3">
      <h2 id="office-changes">{t("title")}</h2>
      <p className="max-w-text">{t("lead")}</p>
      <ul className="max-w-form divide-y divide-line border-line border-y">
        {changes.map((change) => (
          <li key={`${change.at.toISOString()}`} className="flex flex-wrap gap-x-4 py-2">
            <span className="text-ink-soft">
              <InstantText value={change.at} />
            </span>
            <span>{"number" in change ? numbered(change.number) : assigned(change)}</span>
          </li>
        ))}
      </ul>
    </section>
  );

  function numbered(number: string) {
    return number ? t("numbered", { number }) : t("unnumbered");
  }

  function assigned({ transaction, assignee }: { transaction: string; assignee: string }) {
    const step = stepName(steps, transaction as StepName);
    return assignee ? t("assigned", { step, assignee }) : t("givenBack", { step });
  }
}
