import { useTranslations } from "next-intl";
import type { IconName } from "@/components/ui/icon";
import { State, type Tone } from "@/components/ui/state";

/** The state of a proposal as a word with its sign. */
export function ProposalState({ state }: { state: string }) {
  const t = useTranslations("states.proposal");
  const [icon, tone] = looks[state] ?? ["info", "neutral"];
  return (
    <State icon={icon} tone={tone}>
      {t(state as Parameters<typeof t>[0])}
    </State>
  );
}

const looks: Record<string, readonly [IconName, Tone]> = {
  submitted: ["hourglass", "neutral"],
  published: ["eye", "info"],
  under_assessment: ["scale", "info"],
  integration_requested: ["edit", "warning"],
  admitted: ["check-circle", "success"],
  not_admitted: ["x-circle", "neutral"],
  withdrawn: ["x-circle", "neutral"],
  merged: ["link", "neutral"],
  on_ballot: ["ballot", "info"],
  funded: ["euro", "success"],
  reserve: ["hourglass", "neutral"],
  co_design: ["people", "info"],
  pact_ready: ["handshake", "success"],
  abandoned: ["x-circle", "neutral"],
};
