import type { ReactNode } from "react";
import type { IconName } from "./icon";
import { OpenerLabel } from "./opener-label";

/** Something that opens in place, before any script: a question that not everybody asks. Printed open. */
export function Disclosure({
  label,
  icon,
  open,
  quiet,
  children,
}: {
  label: ReactNode;
  icon?: IconName;
  open?: boolean;
  /** For what is looked up rather than read. */
  quiet?: boolean;
  children: ReactNode;
}) {
  return (
    <details
      open={open}
      // Without scripts the page comes back with everything closed: an answer is shown all the same.
      className="group open:basis-full print:basis-full [&:has([data-answered])::details-content]:[content-visibility:visible]"
    >
      <summary
        className={`inline-flex min-h-11 print:min-h-0 list-none items-center gap-2 text-link underline underline-offset-4 hover:decoration-2 ${quiet ? "text-base print:hidden" : "font-semibold"}`}
      >
        <OpenerLabel icon={icon}>{label}</OpenerLabel>
      </summary>
      <div className="pt-2 pb-4 print:py-0">{children}</div>
    </details>
  );
}
