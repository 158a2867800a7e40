import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

/** What opens a `group` in place: its words, with a sign that turns when it is open. */
export function OpenerLabel({ icon, children }: { icon: IconName | undefined; children: ReactNode }) {
  return (
    <>
      {icon && <Icon name={icon} />}
      {children}
      <span className="inline-flex group-open:rotate-180">
        <Icon name="chevron-down" size="small" />
      </span>
    </>
  );
}
