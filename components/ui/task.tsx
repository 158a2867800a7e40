import type { ReactNode } from "react";
import { Icon } from "./icon";

/** One thing a person can do on a page that offers several: closed until it is wanted, open when it is the only one. */
export function Task({ title, open, children }: { title: ReactNode; open?: boolean; children: ReactNode }) {
  return (
    <details
      open={open}
      // Without scripts the page comes back with everything closed: an answer is shown all the same.
      className="group max-w-form rounded-smooth border border-line bg-surface px-4 py-2 [&:has([data-answered])::details-content]:[content-visibility:visible]"
    >
      <summary className="flex min-h-11 items-center justify-between gap-2 font-semibold text-link">
        <span>{title}</span>
        <span className="inline-flex group-open:rotate-180">
          <Icon name="chevron-down" />
        </span>
      </summary>
      <div className="space-y-3 pt-2 pb-4">{children}</div>
    </details>
  );
}
