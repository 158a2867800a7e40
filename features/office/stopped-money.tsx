import { useLocale, useTranslations } from "next-intl";
import { DemoMark } from "@/components/ui/demo-mark";
import { Icon } from "@/components/ui/icon";
import { TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Pagination } from "@/components/ui/pagination";
import { stepName } from "@/features/workflow/rules";
import { daysBetween, formatMoney } from "@/lib/format";
import type { Href } from "@/lib/language/navigation";
import { DueRule } from "./due-rule";
import type { Stopped } from "./stopped-queries";
import { WaitingLink } from "./waiting-link";

/** How much money is stopped, then each sum: who must act, since when, and which step it waits for. */
export function StoppedMoney({
  municipality,
  stopped: { day, items, count, totalCents, page, pages },
  hrefOf,
}: {
  municipality: string;
  stopped: Stopped;
  /** Where its further pages are; without it the first is shown alone. */
  hrefOf?: (page: number) => Href;
}) {
  const t = useTranslations("funds.stopped");
  const names = useTranslations("workflow.steps");
  const roles = useTranslations("roles");
  const locale = useLocale();
  return (
    <section aria-labelledby="stopped" className="space-y-4">
      <h2 id="stopped">
        {count === 0 ? t("none") : t("title", { amount: formatMoney(totalCents, locale) })}
      </h2>
      <p className="max-w-text">{count === 0 ? t("noneText") : t("lead")}</p>
      {items.length > 0 && (
        <ul className="grid gap-x-12 border-line border-t lg:grid-cols-2">
          {items.map(
            ({ id, transaction, title, since, dueOn, term, place, amountCents, offices, fictional }) => (
              <li
                key={id}
                className="grid content-start gap-x-6 gap-y-1 border-line border-b py-4 md:grid-cols-[9rem_1fr]"
              >
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
                      {t("waitsFor", { offices: offices.map((role) => roles(role)).join(", ") })} —{" "}
                      {stepName(names, transaction)}
                    </span>
                  </p>
                  {since && (
                    <p className="text-base text-ink-soft">
                      {t("days", { count: Math.max(0, daysBetween(since, day)) })}
                    </p>
                  )}
                  {dueOn && (
                    <p className="text-base text-ink-soft">
                      {t("due")} <DueRule dueOn={dueOn} term={term} day={day} />
                    </p>
                  )}
                </div>
              </li>
            ),
          )}
        </ul>
      )}
      {hrefOf ? (
        <Pagination label={t("pagesOf")} page={page} pages={pages} hrefOf={hrefOf} />
      ) : (
        count > items.length && (
          <p>
            {t("some", { shown: items.length, count })}{" "}
            <TextLink href={{ pathname: "/[municipality]/funds", params: { municipality } }}>
              {t("seeAll")}
            </TextLink>
          </p>
        )
      )}
    </section>
  );
}
