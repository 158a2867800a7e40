import { useTranslations } from "next-intl";
import { Disclosure } from "@/components/ui/disclosure";
import type { IconName } from "@/components/ui/icon";
import { TextLink } from "@/components/ui/link";
import { State, type Tone } from "@/components/ui/state";
import { can, type Permission, type Viewer } from "@/lib/permissions";
import type { FirstHour } from "./queries";
import { isNearlyDone, judge, neededBefore, type Step, type StepState, steps } from "./rules";
import { DoneBy, StepFacts } from "./step-facts";

/** Where each step is done, for those who may; the server's own settings are on no page. */
const places = {
  ...({
    profile: { pathname: "/[municipality]/office/profile" },
    privacy: { pathname: "/[municipality]/office/profile" },
    accessibility: { pathname: "/[municipality]/office/profile" },
    emblem: { pathname: "/[municipality]/office/profile" },
  } as const),
  ...({
    organisations: { pathname: "/[municipality]/office/register" },
    callPeople: { pathname: "/[municipality]/office/register" },
    people: { pathname: "/[municipality]/office/register" },
    settings: { pathname: "/[municipality]/office/settings" },
  } as const),
  ...({
    houses: { pathname: "/[municipality]/office/houses" },
    districts: { pathname: "/[municipality]/office/map" },
    map: { pathname: "/[municipality]/office/map" },
    lines: { pathname: "/[municipality]/office/lines" },
    roll: { pathname: "/[municipality]/office/roll", needs: "roll:change" },
    call: { pathname: "/[municipality]/office/calls", needs: "calls:publish" },
  } as const),
} satisfies Partial<Record<Step, { pathname: string; needs?: Permission }>>;

const looks: Record<StepState, { icon: IconName; tone: Tone }> = {
  done: { icon: "check-circle", tone: "success" },
  missing: { icon: "alert", tone: "warning" },
  not_needed: { icon: "minus-circle", tone: "neutral" },
};

/** Every step in the order in which a Comune is set up; once little is left, what is done is folded away. */
export function Checklist({
  municipality,
  viewer,
  firstHour,
}: {
  municipality: { istatCode: string; slug: string };
  viewer: Viewer;
  firstHour: FirstHour;
}) {
  const t = useTranslations("firstHour");
  const states = judge(firstHour.facts);
  const list = (shown: readonly Step[]) => (
    <ol className="max-w-form divide-y divide-line border-line border-y">
      {shown.map((step) => (
        <li key={step} className="space-y-1 py-4">
          <StepItem {...{ step, state: states[step], municipality, viewer, firstHour }} />
        </li>
      ))}
    </ol>
  );
  const missing = steps.filter((step) => states[step] === "missing");
  const others = steps.filter((step) => states[step] !== "missing");
  if (!isNearlyDone(states))
    return (
      <section aria-labelledby="steps" className="space-y-4">
        <h2 id="steps">{t("all")}</h2>
        {list(steps)}
      </section>
    );
  return (
    <>
      {missing.length > 0 && (
        <section aria-labelledby="steps" className="space-y-4">
          <h2 id="steps">{t("toDo")}</h2>
          {list(missing)}
        </section>
      )}
      <Disclosure label={t("doneTitle", { count: others.length })}>{list(others)}</Disclosure>
    </>
  );
}

function StepItem({
  step,
  state,
  municipality: { istatCode, slug },
  viewer,
  firstHour,
}: {
  step: Step;
  state: StepState;
  municipality: { istatCode: string; slug: string };
  viewer: Viewer;
  firstHour: FirstHour;
}) {
  const t = useTranslations("firstHour");
  const place = step in places ? places[step as keyof typeof places] : undefined;
  const isOpen = place !== undefined && (!("needs" in place) || can(viewer, istatCode, place.needs));
  const done = firstHour.done[step];
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="text-lg">{t(`steps.${step}.title`)}</h3>
        <State {...looks[state]}>{t(`states.${state}`)}</State>
      </div>
      <p>{t(`steps.${step}.why`)}</p>
      <StepFacts step={step} firstHour={firstHour} />
      {done && <DoneBy {...done} />}
      {state === "missing" && <p className="text-base text-ink-soft">{t(`before.${neededBefore[step]}`)}</p>}
      {place && isOpen && (
        <p>
          <TextLink
            href={{ pathname: place.pathname, params: { municipality: slug } }}
            className="inline-flex min-h-11 items-center"
          >
            {t(`steps.${step as keyof typeof places}.link`)}
          </TextLink>
        </p>
      )}
      {step === "call" && !isOpen && <p>{t("callOfOfficer")}</p>}
    </>
  );
}
