import { useTranslations } from "next-intl";
import { Icon, type IconName } from "@/components/ui/icon";

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
        <li key={stage} className="flex gap-4 rounded-smooth border border-line bg-surface p-5">
          <span
            className="inline-flex size-11 shrink-0 items-center justify-center rounded-pill bg-primary-soft text-ink"
            aria-hidden="true"
          >
            <Icon name={icon} />
          </span>
          <div className="space-y-2">
            <h2 className="text-lg">
              {index + 1}. {t(`stages.${stage}.title`)}
            </h2>
            <p className="text-base">{t(`stages.${stage}.text`)}</p>
            <p className="text-base">
              <strong>{t("you")}</strong> {t(`stages.${stage}.you`)}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
