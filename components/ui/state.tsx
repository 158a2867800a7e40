import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { Icon, type IconName } from "./icon";

export type Tone = "neutral" | "info" | "success" | "warning" | "danger";

export const toneClass: Record<Tone, string> = {
  neutral: "bg-muted text-ink border-control",
  info: "bg-primary-soft text-ink border-primary",
  success: "bg-success-soft text-ink border-success",
  warning: "bg-warning-soft text-ink border-warning",
  danger: "bg-danger-soft text-ink border-danger",
};

/** A state is a word with an icon; the colour only repeats it. */
export function State({
  icon,
  tone = "neutral",
  children,
}: {
  icon: IconName;
  tone?: Tone;
  children: ReactNode;
}) {
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1.5 rounded-pill border px-2.5 py-0.5 font-semibold text-sm leading-snug",
        toneClass[tone],
      )}
    >
      <Icon name={icon} size="small" />
      {children}
    </span>
  );
}
