import { useTranslations } from "next-intl";
import { DateText } from "@/components/ui/date-text";
import { DemoMark } from "@/components/ui/demo-mark";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Pagination } from "@/components/ui/pagination";
import { State } from "@/components/ui/state";
import type { Href } from "@/lib/language/navigation";
import { type TermName, termSources } from "@/protocol/workflow/terms";
import type { LateList as Late } from "./late-queries";

/** What is late, the latest first. */
export function LateList({
  municipality,
  late: { items, count, page, pages },
  hrefOf,
}: {
  municipality: string;
  late: Late;
  hrefOf: (page: number) => Href;
}) {
  const t = useTranslations("funds");
  const terms = useTranslations("workflow.terms");
  return (
    <section aria-labelledby="late" className="space-y-4">
      <h2 id="late">{count > 0 ? t("lateCount", { count }) : t("late")}</h2>
      <p className="max-w-text">{t(count === 0 ? "nothingLate" : "lateText")}</p>
      {items.length > 0 && (
        <ul className="grid gap-x-12 border-line border-t lg:grid-cols-2">
          {items.map(({ kind, id, days, dueOn, term, commonsName, commonsSlug, amountCents, fictional }) => (
            <li key={`${kind} ${id}`} className="space-y-1 border-line border-b py-3">
              <p className="flex flex-wrap items-center gap-2">
                <State icon="warning" tone="warning">
                  {t("lateBy", { days })}
                </State>
                <strong>{t(`lateKinds.${kind}`)}</strong>
                {amountCents > 0n && (
                  <span>
                    <Money cents={amountCents} /> <DemoMark fictional={fictional} />
                  </span>
                )}
              </p>
              <p>
                <TextLink
                  href={{
                    pathname: "/[municipality]/commons/[commons]",
                    params: { municipality, commons: commonsSlug },
                  }}
                >
                  <Italian>{commonsName}</Italian>
                </TextLink>{" "}
                – {t("dueOn")} <DateText value={dueOn} />
                <span className="block text-base text-ink-soft">{terms(term, { days: daysOf(term) })}</span>
              </p>
            </li>
          ))}
        </ul>
      )}
      <Pagination label={t("late")} page={page} pages={pages} hrefOf={hrefOf} />
    </section>
  );
}

/** Days that a rule gives; of a date that somebody set there are none. */
function daysOf(term: TermName): number {
  const source = termSources[term];
  return typeof source === "number" ? source : 0;
}
