import { useLocale, useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button-class";
import { DaysLeft } from "@/components/ui/days-left";
import { Icon } from "@/components/ui/icon";
import { Italian } from "@/components/ui/italian";
import { Money } from "@/components/ui/money";
import { stepIcon, stepName } from "@/features/workflow/rules";
import { datePhrases } from "@/lib/phrases";
import { termSources } from "@/protocol/workflow/terms";
import type { Waiting } from "./rules";
import { waitingHref } from "./waiting-place";

/** What somebody has to do: the step and what it is about, until when and by which rule, and the way to it. */
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
      {items.map(({ transaction, id, title, since, dueOn, term, place, amountCents }) => (
        <li key={`${transaction} ${id}`} className="space-y-2 py-4">
          <p className="flex items-start gap-2 font-semibold">
            <span className="pt-0.5">
              <Icon name={stepIcon(transaction)} size="small" />
            </span>
            {stepName(names, transaction)}
          </p>
          <p id={`duty-${id}`} className="wrap-anywhere">
            <Italian>{title}</Italian>
            {amountCents !== undefined && (
              <>
                {" · "}
                <strong>
                  <Money cents={amountCents} />
                </strong>
              </>
            )}
          </p>
          {dueOn ? (
            <Due dueOn={dueOn} term={term} day={day} />
          ) : (
            since && <p className="text-base">{t("since", datePhrases("date", since, locale))}</p>
          )}
          <p>
            <a
              href={waitingHref(locale, municipality, place)}
              className={buttonClass("primary")}
              aria-describedby={`duty-${id}`}
            >
              {t("goToStep")}
            </a>
          </p>
        </li>
      ))}
    </ol>
  );
}

function Due({ dueOn, term, day }: Pick<Waiting, "term"> & { dueOn: string; day: string }) {
  const t = useTranslations("office");
  const terms = useTranslations("workflow.terms");
  const locale = useLocale();
  const source = term && termSources[term];
  return (
    <p className="text-base">
      {t("by", datePhrases("date", dueOn, locale))} (<DaysLeft until={dueOn} day={day} />)
      {term && (
        <span className="block text-ink-soft">
          {terms(term, { days: typeof source === "number" ? source : 0 })}
        </span>
      )}
    </p>
  );
}
