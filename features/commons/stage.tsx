import { useTranslations } from "next-intl";
import type { IconName } from "@/components/ui/icon";
import { State, type Tone } from "@/components/ui/state";

/** How far a commons has come: the state of its pact, or else of its latest proposal. */
export function StageState({ stage }: { stage: string }) {
  const t = useTranslations("states.stage");
  const [icon, tone] = looks[stage] ?? (stage.startsWith("pact_") ? pact : ["info", "neutral"]);
  return (
    <State icon={icon} tone={tone}>
      {t(stage as Parameters<typeof t>[0])}
    </State>
  );
}

const pact: readonly [IconName, Tone] = ["handshake", "info"];

const looks: Record<string, readonly [IconName, Tone]> = {
  known: ["map-pin", "neutral"],
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
  pact_active: ["handshake", "success"],
  pact_suspended: ["pause", "warning"],
  pact_expired: ["check-circle", "neutral"],
  pact_terminated: ["x-circle", "neutral"],
};

/** Every stage a commons can be found by, in the order of the thread. */
export const stages = [
  "known",
  "published",
  "under_assessment",
  "integration_requested",
  "admitted",
  "not_admitted",
  "on_ballot",
  "reserve",
  "funded",
  "co_design",
  "pact_ready",
  "pact_signed",
  "pact_active",
  "pact_suspended",
  "pact_expired",
  "pact_terminated",
] as const;

/** How much a visitor can do about a commons of a stage, or see happen to it: the first first. */
export const liveliest: readonly string[] = [
  ...["on_ballot", "published", "pact_active", "co_design", "under_assessment", "integration_requested"],
  ...["pact_ready", "pact_signed", "funded", "admitted", "reserve"],
];
