import { useLocale, useTranslations } from "next-intl";
import type { IconName } from "@/components/ui/icon";
import { State, type Tone } from "@/components/ui/state";
import { datePhrases } from "@/lib/phrases";
import type { OfficeView } from "./queries";
import type { OfficePhase } from "./rules";

const looks: Record<OfficePhase, { icon: IconName; tone: Tone }> = {
  proposed: { icon: "hourglass", tone: "warning" },
  coming: { icon: "clock", tone: "info" },
  held: { icon: "check-circle", tone: "success" },
  suspended: { icon: "pause", tone: "danger" },
  over: { icon: "calendar", tone: "neutral" },
  ended: { icon: "x-circle", tone: "neutral" },
};

/** Where an office stands, with the day that goes with it. */
export function OfficeState({ phase, suspension, endedOn }: OfficeView) {
  const t = useTranslations("register");
  const locale = useLocale();
  const text =
    phase === "suspended" && suspension
      ? t("suspendedUntil", datePhrases("date", suspension.until, locale))
      : phase === "ended" && endedOn
        ? t("endedOn", datePhrases("date", endedOn, locale))
        : t(`phases.${phase}`);
  return <State {...looks[phase]}>{text}</State>;
}

/** The role with its district, and whom the person stands in for. */
export function OfficeRole({ role, district, substituteFor }: OfficeView) {
  const t = useTranslations("register");
  const roles = useTranslations("roles");
  return (
    <>
      {district === undefined ? roles(role) : t("district", { role: roles(role), number: district })}
      {substituteFor && (
        <span className="block text-base text-ink-soft">
          {t("substitute", { name: substituteFor.name || t("noName") })}
        </span>
      )}
    </>
  );
}
