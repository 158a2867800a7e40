import { useLocale, useTranslations } from "next-intl";
import { DaysLeft } from "@/components/ui/days-left";
import { Icon } from "@/components/ui/icon";
import { Money } from "@/components/ui/money";
import { stepIcon, stepName } from "@/features/workflow/rules";
import { datePhrases } from "@/lib/phrases";
import type { Waiting } from "./rules";
import { WaitingLink } from "./waiting-link";

/** One line for each step: what it is, what it is about, since when, and how late where there is a term. */
export function WaitingList({
  municipality,
  items,
  day,
}: {
  municipality: string;
  items: readonly Waiting[];
  day: string;
}) {
  const t = useTranslations("office");
  const names = useTranslations("workflow.steps");
  const locale = useLocale();
  return (
    <ol className="max-w-form divide-y divide-line border-line border-y">
      {items.map(({ transaction, id, title, since, dueOn, place, amountCents }) => (
        <li key={`${transaction} ${id}`} className="space-y-1 py-3">
          <p className="flex items-start gap-2 text-base text-ink-soft">
            <span className="pt-0.5">
              <Icon name={stepIcon(transaction)} size="small" />
            </span>
            {stepName(names, transaction)}
          </p>
          <p>
            <WaitingLink municipality={municipality} item={{ title, place }} />
            {amountCents !== undefined && (
              <>
                {" · "}
                <strong>
                  <Money cents={amountCents} />
                </strong>
              </>
            )}
          </p>
          <p className="flex flex-wrap gap-x-4 text-base">
            {since && <span>{t("since", datePhrases("date", since, locale))}</span>}
            {dueOn && <DaysLeft until={dueOn} day={day} />}
          </p>
        </li>
      ))}
    </ol>
  );
}
