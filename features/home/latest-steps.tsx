import { useLocale, useTranslations } from "next-intl";
import { DateText } from "@/components/ui/date-text";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { stepSentence } from "@/features/commons/step-words";
import type { LatestStep, Subject } from "./latest-queries";

/** The last things that happened, each leading to the thread or the vote that it is part of. */
export function LatestSteps({ municipality, steps }: { municipality: string; steps: readonly LatestStep[] }) {
  const t = useTranslations("thread");
  const locale = useLocale();
  return (
    <ol className="divide-y divide-line border-line border-y">
      {steps.map(({ transactionId, name, facts, day, about }) => (
        <li key={transactionId} className="py-3">
          <p className="text-base text-ink-soft">
            <DateText value={day} />
          </p>
          <p>
            <TextLink href={hrefOf(municipality, about)}>
              <Italian>{about.name}</Italian>
            </TextLink>
            : {stepSentence(t, locale, name, facts)}
          </p>
        </li>
      ))}
    </ol>
  );
}

function hrefOf(municipality: string, { kind, slug }: Subject) {
  return kind === "round"
    ? ({ pathname: "/[municipality]/rounds/[round]", params: { municipality, round: slug } } as const)
    : ({ pathname: "/[municipality]/commons/[commons]", params: { municipality, commons: slug } } as const);
}
