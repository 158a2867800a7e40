import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

/** Says what will be here, and what can be done about it. */
export function EmptyState({
  icon = "info",
  title,
  children,
  action,
}: {
  icon?: IconName;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="max-w-form space-y-3 rounded-smooth border border-control border-dashed bg-sunken px-5 py-6">
      <p className="flex items-start gap-2 font-semibold">
        <span className="pt-0.5">
          <Icon name={icon} />
        </span>
        {title}
      </p>
      {children && <div>{children}</div>}
      {action}
    </div>
  );
}
