import { useLocale, useTranslations } from "next-intl";
import type { IconName } from "@/components/ui/icon";
import { State, type Tone } from "@/components/ui/state";
import { datePhrases } from "@/lib/phrases";
import type { PasskeyPhase, PasskeyView } from "./queries";

const looks: Record<PasskeyPhase, { icon: IconName; tone: Tone }> = {
  offered: { icon: "hourglass", tone: "warning" },
  proposed: { icon: "hourglass", tone: "info" },
  coming: { icon: "clock", tone: "info" },
  counting: { icon: "check-circle", tone: "success" },
  withdrawn: { icon: "x-circle", tone: "neutral" },
};

export function PasskeyState({ phase, countsFrom }: Pick<PasskeyView, "phase" | "countsFrom">) {
  const t = useTranslations("passkeys");
  const locale = useLocale();
  return (
    <State {...looks[phase]}>
      {phase === "coming" && countsFrom
        ? t("countsFrom", datePhrases("date", countsFrom, locale))
        : t(`phases.${phase === "coming" ? "counting" : phase}`)}
    </State>
  );
}
