import { useTranslations } from "next-intl";
import type { IconName } from "@/components/ui/icon";
import { State, type Tone } from "@/components/ui/state";
import type { RoundState } from "./queries";

const looks: Record<RoundState, { icon: IconName; tone: Tone }> = {
  frozen: { icon: "lock", tone: "neutral" },
  open: { icon: "ballot", tone: "success" },
  closed: { icon: "hourglass", tone: "warning" },
  counted: { icon: "scale", tone: "info" },
  attested: { icon: "seal", tone: "info" },
  final: { icon: "check-circle", tone: "success" },
  annulled: { icon: "x-circle", tone: "neutral" },
};

export function RoundStateMark({ state, reconstruction }: { state: RoundState; reconstruction: boolean }) {
  const t = useTranslations("rounds");
  return (
    <>
      <State {...looks[state]}>{t(`states.${state}`)}</State>
      {reconstruction && (
        <State icon="info" tone="warning">
          {t("reconstruction")}
        </State>
      )}
    </>
  );
}
