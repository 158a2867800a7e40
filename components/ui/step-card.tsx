import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

/** One step of a way that is told in a list. */
export function StepCard({ icon, children }: { icon: IconName; children: ReactNode }) {
  return (
    <li className="flex gap-4 rounded-smooth border border-line bg-surface p-5">
      <span
        className="inline-flex size-11 shrink-0 items-center justify-center rounded-pill bg-primary-soft text-ink"
        aria-hidden="true"
      >
        <Icon name={icon} />
      </span>
      {children}
    </li>
  );
}
