import { useLocale, useTranslations } from "next-intl";
import { CommonsPicture } from "@/components/pictures/commons-picture";
import { Card, CardList } from "@/components/ui/card";
import { DaysLeft } from "@/components/ui/days-left";
import { Italian } from "@/components/ui/italian";
import { State } from "@/components/ui/state";
import { formatMoney } from "@/lib/format";
import { datePhrases } from "@/lib/phrases";
import type { PicturedCall } from "./picture-queries";
import type { CallCard } from "./queries";

/** Calls as cards; deadlines by the chain's day. */
export function CallCards({
  municipality,
  calls,
  day,
  level = 3,
}: {
  municipality: string;
  calls: readonly PicturedCall[];
  day: string;
  level?: 3 | 4;
}) {
  const t = useTranslations("calls");
  const locale = useLocale();
  return (
    <CardList>
      {calls.map((call) => (
        <li key={call.id} className="only:col-span-full">
          <Card
            level={level}
            lead={calls.length === 1}
            picture={
              <CommonsPicture
                municipality={municipality}
                picture={call.commons?.picture}
                kind={call.commons?.kind ?? "immaterial"}
                seed={call.commons?.id ?? call.id}
              />
            }
            title={<Italian>{call.title}</Italian>}
            href={{ pathname: "/[municipality]/calls/[call]", params: { municipality, call: call.slug } }}
          >
            <p className="flex flex-wrap items-center gap-2 text-base">
              <CallPhase phase={call.phase} />
              {call.phase === "open" && (
                <span>
                  {t(call.rolling ? "stopsTaking" : "closes", datePhrases("date", call.closesOn, locale))} (
                  <DaysLeft until={call.closesOn} day={day} />)
                </span>
              )}
              {call.phase === "coming" && t("opens", datePhrases("date", call.opensOn, locale))}
              {call.phase === "closed" && t("closed_on", datePhrases("date", call.closesOn, locale))}
            </p>
            <p className="text-base">
              <Italian>{call.summary}</Italian>
            </p>
            <p className="mt-auto text-base text-ink-soft">
              {t("maxCost", { amount: formatMoney(call.maxCostCents, locale) })}
              {" · "}
              {t("proposalsCount", { count: call.proposals })}
            </p>
          </Card>
        </li>
      ))}
    </CardList>
  );
}

export function CallPhase({ phase }: { phase: CallCard["phase"] }) {
  const t = useTranslations("calls.phase");
  if (phase === "open")
    return (
      <State icon="check-circle" tone="success">
        {t("open")}
      </State>
    );
  return (
    <State icon={phase === "coming" ? "calendar" : "lock"} tone="neutral">
      {t(phase)}
    </State>
  );
}
