import { useTranslations } from "next-intl";
import { DateText } from "@/components/ui/date-text";
import { DaysLeft } from "@/components/ui/days-left";
import { type TermName, termSources } from "@/protocol/workflow/terms";

/** The day by which something is due, how far off it is, and the rule that says so. */
export function DueRule({ dueOn, term, day }: { dueOn: string; term?: TermName | undefined; day: string }) {
  const terms = useTranslations("workflow.terms");
  const source = term && termSources[term];
  return (
    <>
      <DateText value={dueOn} short /> · <DaysLeft until={dueOn} day={day} />
      {term && (
        <span className="block text-ink-soft">
          {terms(term, { days: typeof source === "number" ? source : 0 })}
        </span>
      )}
    </>
  );
}
