import { useLocale, useTranslations } from "next-intl";
import { DaysLeft } from "@/components/ui/days-left";
import { DemoMark } from "@/components/ui/demo-mark";
import { Icon } from "@/components/ui/icon";
import { Money } from "@/components/ui/money";
import { stepName } from "@/features/workflow/rules";
import { daysBetween, formatMoney } from "@/lib/format";
import type { Stopped } from "./stopped-queries";
import { WaitingLink } from "./waiting-link";

/** How much money is stopped, then each sum: who must act, since when, and which step it waits for. */
export function StoppedMoney({
  municipality,
  stopped: { day, items, totalCents },
}: {
  municipality: string;
  stopped: Stopped;
}) {
  const t = useTranslations("funds.stopped");
  const names = useTranslations("workflow.steps");
  const roles = useTranslations("roles");
  const locale = useLocale();
  return (
    <section aria-labelledby="stopped" className="space-y-4">
      <h2 id="stopped">
        {items.length === 0 ? t("none") : t("title", { amount: formatMoney(totalCents, locale) })}
      </h2>
      <p className="max-w-text">{items.length === 0 ? t("noneText") : t("lead")}</p>
      {items.length > 0 && (
        <ul className="divide-y divide-line border-line border-y">
          {items.map(({ id, transaction, title, since, dueOn, place, amountCents, offices, fictional }) => (
            <li key={id} className="grid gap-x-6 gap-y-1 py-4 md:grid-cols-[11rem_1fr]">
              <p className="font-bold text-lg">
                <Money cents={amountCents} /> <DemoMark fictional={fictional === true} />
              </p>
              <div className="space-y-1">
                <p>
                  <WaitingLink municipality={municipality} item={{ title, place }} />
                </p>
                <p className="flex items-start gap-2 text-base">
                  <span className="pt-0.5">
                    <Icon name="person" size="small" />
                  </span>
                  <span>
                    {t("waitsFor", { offices: offices.map((role) => roles(role)).join(", ") })}:{" "}
                    {stepName(names, transaction)}
                  </span>
                </p>
                <p className="flex flex-wrap gap-x-4 text-base text-ink-soft">
                  {since && <span>{t("days", { count: Math.max(0, daysBetween(since, day)) })}</span>}
                  {dueOn && <DaysLeft until={dueOn} day={day} />}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
