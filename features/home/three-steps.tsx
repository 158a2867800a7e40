import { useTranslations } from "next-intl";
import { Icon, type IconName } from "@/components/ui/icon";
import { TextLink } from "@/components/ui/link";

const steps: readonly ["propose" | "choose" | "care", IconName][] = [
  ["propose", "idea"],
  ["choose", "ballot"],
  ["care", "handshake"],
];

/** How it works, in the three steps that a newcomer remembers. */
export function ThreeSteps() {
  const t = useTranslations("municipality.steps");
  return (
    <section aria-labelledby="steps" className="space-y-5">
      <h2 id="steps">{t("title")}</h2>
      <ol className="grid gap-5 md:grid-cols-3">
        {steps.map(([step, icon], index) => (
          <li key={step} className="flex gap-4 rounded-smooth border border-line bg-surface p-5">
            <span
              className="inline-flex size-11 shrink-0 items-center justify-center rounded-pill bg-primary-soft font-bold text-ink"
              aria-hidden="true"
            >
              <Icon name={icon} />
            </span>
            <div className="space-y-1">
              <h3 className="text-lg">{t(`${step}.title`, { number: index + 1 })}</h3>
              <p className="text-base">{t(`${step}.text`)}</p>
            </div>
          </li>
        ))}
      </ol>
      <p>
        <TextLink href="/how-it-works">{t("more")}</TextLink>
      </p>
    </section>
  );
}
