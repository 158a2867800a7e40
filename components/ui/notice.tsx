import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { Icon, type IconName } from "./icon";
import { type Tone, toneClass } from "./state";

const icons: Record<Tone, IconName> = {
  neutral: "info",
  info: "info",
  success: "check-circle",
  warning: "warning",
  danger: "alert",
};

/**
 * A message in the page. `live` makes screen readers announce it when it appears: `status` waits its turn,
 * `alert` interrupts and is for what went wrong.
 */
export function Notice({
  tone = "info",
  title,
  live,
  id,
  children,
}: {
  tone?: Tone;
  title?: ReactNode;
  live?: "status" | "alert";
  id?: string;
  children?: ReactNode;
}) {
  return (
    <div
      id={id}
      role={live}
      className={classNames("flex max-w-form gap-3 rounded-smooth border-l-4 px-4 py-3", toneClass[tone])}
    >
      <span className="pt-0.5">
        <Icon name={icons[tone]} />
      </span>
      <div className="min-w-0 space-y-1">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className="space-y-2">{children}</div>}
      </div>
    </div>
  );
}
