import { useTranslations } from "next-intl";
import type { IconName } from "@/components/ui/icon";
import { TextLink } from "@/components/ui/link";
import { StepCard } from "@/components/ui/step-card";

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
          <StepCard key={step} icon={icon}>
            <div className="space-y-1">
              <h3 className="text-lg">{t(`${step}.title`, { number: index + 1 })}</h3>
              <p className="text-base">{t(`${step}.text`)}</p>
            </div>
          </StepCard>
        ))}
      </ol>
      <p>
        <TextLink href="/how-it-works">{t("more")}</TextLink>
      </p>
    </section>
  );
}
