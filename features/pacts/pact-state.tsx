import { useTranslations } from "next-intl";
import type { IconName } from "@/components/ui/icon";
import { State, type Tone } from "@/components/ui/state";
import type { PactState } from "./queries";

const looks: Record<PactState, { icon: IconName; tone: Tone }> = {
  draft: { icon: "edit", tone: "neutral" },
  district_approved: { icon: "check", tone: "info" },
  noted_by_giunta: { icon: "seal", tone: "warning" },
  giunta_approved: { icon: "seal", tone: "warning" },
  signed: { icon: "handshake", tone: "info" },
  active: { icon: "check-circle", tone: "success" },
  suspended: { icon: "pause", tone: "warning" },
  expired: { icon: "minus-circle", tone: "neutral" },
  renewed: { icon: "refresh", tone: "info" },
  withdrawn: { icon: "minus-circle", tone: "neutral" },
  terminated: { icon: "x-circle", tone: "danger" },
};

export function PactStateMark({ state }: { state: PactState }) {
  const t = useTranslations("pacts.states");
  return <State {...looks[state]}>{t(state)}</State>;
}
