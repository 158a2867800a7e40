import { useTranslations } from "next-intl";
import type { IconName } from "@/components/ui/icon";
import { StepCard } from "@/components/ui/step-card";

const stages = [
  ["propose", "idea"],
  ["assess", "scale"],
  ["vote", "ballot"],
  ["design", "people"],
  ["pact", "handshake"],
  ["care", "euro"],
] as const satisfies readonly (readonly [string, IconName])[];

/** The way of a commons as somebody tells it who has seen one: what happens, and what a resident does in it. */
export function SixStages() {
  const t = useTranslations("howItWorks");
  return (
    <ol className="grid gap-5 md:grid-cols-2 xl:grid-cols-3">
      {stages.map(([stage, icon], index) => (
        <StepCard key={stage} icon={icon}>
          <div className="space-y-2">
            <h2 className="text-lg">
              {index + 1}. {t(`stages.${stage}.title`)}
            </h2>
            <p className="text-base">{t(`stages.${stage}.text`)}</p>
            <p className="text-base">
              <strong>{t("you")}</strong> {t(`stages.${stage}.you`)}
            </p>
          </div>
        </StepCard>
      ))}
    </ol>
  );
}
