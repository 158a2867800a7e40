import { useLocale, useTranslations } from "next-intl";
import { DaysLeft } from "@/components/ui/days-left";
import { Disclosure } from "@/components/ui/disclosure";
import { Icon } from "@/components/ui/icon";
import { TextLink, textLinkClass } from "@/components/ui/link";
import { datePhrases } from "@/lib/phrases";
import type { PlacedStep } from "./next-queries";
import type { NextActor } from "./next-steps";
import { nextSentence } from "./step-words";

/** What is next, by when and up to whom: the first thing a person reads. */
export function NextSteps({
  municipality,
  steps,
  day,
  notAdmitted,
}: {
  municipality: string;
  steps: readonly PlacedStep[];
  day: string;
  /** The latest proposal here, where it was not admitted and nothing else is awaited. */
  notAdmitted?: string | undefined;
}) {
  const t = useTranslations("thread");
  const names = useTranslations("workflow.steps");
  const locale = useLocale();
  const [first, ...others] = steps;
  return (
    <section
      aria-labelledby="next"
      className="max-w-form space-y-3 rounded-smooth border-primary border-l-4 bg-primary-soft px-5 py-4"
    >
      <h2 id="next" className="text-lg">
        {t("next.title")}
      </h2>
      {first ? (
        <>
          <p className="font-semibold text-lg">{nextSentence(t, names, locale, first)}</p>
          <Terms step={first} day={day} />
          <Place municipality={municipality} step={first} />
        </>
      ) : notAdmitted === undefined ? (
        <p>{t("next.none")}</p>
      ) : (
        <>
          <p className="font-semibold text-lg">{t("next.notAdmitted")}</p>
          <p>{t("next.notAdmittedText")}</p>
          <p>
            <a href={`#proposta-${notAdmitted}`} className={textLinkClass}>
              {t("next.whyNotAdmitted")}
            </a>
          </p>
        </>
      )}
      {others.length > 0 && (
        <Disclosure label={`${t("next.others")} (${others.length})`}>
          <ul className="space-y-3">
            {others.map((step) => (
              <li key={`${step.transaction} ${Object.values(step.facts).join(" ")}`}>
                <p className="font-semibold">{nextSentence(t, names, locale, step)}</p>
                <Terms step={step} day={day} />
                <Place municipality={municipality} step={step} />
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </section>
  );
}

/** The way to the page where it is done. */
function Place({ municipality, step: { place } }: { municipality: string; step: PlacedStep }) {
  const t = useTranslations("thread.next");
  if (!place) return null;
  const href =
    place.page === "pact"
      ? { pathname: "/[municipality]/pacts/[pact]" as const, params: { municipality, pact: place.slug } }
      : { pathname: "/[municipality]/rounds/[round]" as const, params: { municipality, round: place.slug } };
  return (
    <p className="print:hidden">
      <TextLink href={href} className="inline-flex min-h-11 items-center font-semibold">
        {t(place.page === "pact" ? "openPact" : "openRound")}
      </TextLink>
    </p>
  );
}

function Terms({ step, day }: { step: PlacedStep; day: string }) {
  const t = useTranslations("thread.next");
  const locale = useLocale();
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-1 text-base">
      <li className="flex items-center gap-2">
        <Icon name="person" size="small" />
        <span>
          {t("who")} <Actor actor={step.actor} />
        </span>
      </li>
      {step.notBefore && (
        <li className="flex items-center gap-2">
          <Icon name="calendar" size="small" />
          <span>{t("since", datePhrases("date", step.notBefore, locale))}</span>
        </li>
      )}
      {step.dueOn && (
        <li className="flex items-center gap-2">
          <Icon name="clock" size="small" />
          <span>
            {t("until", datePhrases("date", step.dueOn, locale))} (
            <DaysLeft until={step.dueOn} day={day} />)
          </span>
        </li>
      )}
    </ul>
  );
}

function Actor({ actor }: { actor: NextActor }) {
  const t = useTranslations("thread.next.actors");
  const role = useTranslations("roles");
  switch (actor) {
    case "proponent":
    case "residents":
    case "parties":
    case "organisations":
      return t(actor);
    default:
      return role(actor);
  }
}
