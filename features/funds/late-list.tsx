import { useTranslations } from "next-intl";
import { DateText } from "@/components/ui/date-text";
import { DemoMark } from "@/components/ui/demo-mark";
import { TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { State } from "@/components/ui/state";
import type { FlowsView } from "./queries";

/** What is late, the latest first. */
export function LateList({ municipality, items }: { municipality: string; items: FlowsView["late"] }) {
  const t = useTranslations("funds");
  return (
    <section className="space-y-4">
      <h2>{t("late")}</h2>
      {items.length === 0 && <p>{t("nothingLate")}</p>}
      {items.length > 0 && (
        <ul className="max-w-form divide-y divide-line border-line border-y">
          {items.map(({ kind, id, days, dueOn, commonsName, commonsSlug, amountCents, fictional }) => (
            <li key={`${kind} ${id}`} className="space-y-1 py-3">
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
                  {commonsName}
                </TextLink>{" "}
                – {t("dueOn")} <DateText value={dueOn} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
