import { useLocale, useTranslations } from "next-intl";
import { DateText } from "@/components/ui/date-text";
import { TextLink } from "@/components/ui/link";
import type { LatestStep } from "./latest-queries";
import { stepSentence } from "./step-words";

/** The last things that happened, each leading to its place in a thread. */
export function LatestSteps({ municipality, steps }: { municipality: string; steps: readonly LatestStep[] }) {
  const t = useTranslations("thread");
  const locale = useLocale();
  return (
    <ol className="max-w-form divide-y divide-line border-line border-y">
      {steps.map(({ transactionId, name, facts, day, commons }) => (
        <li key={transactionId} className="py-3">
          <p className="text-base text-ink-soft">
            <DateText value={day} />
          </p>
          <p>
            <TextLink
              href={{
                pathname: "/[municipality]/commons/[commons]",
                params: { municipality, commons: commons.slug },
              }}
            >
              {commons.name}
            </TextLink>
            : {stepSentence(t, locale, name, facts)}
          </p>
        </li>
      ))}
    </ol>
  );
}
