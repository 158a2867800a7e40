import type { ReactNode } from "react";
import type { IconName } from "./icon";
import { OpenerLabel } from "./opener-label";

/**
 * What a telephone has no room for: closed there until it is wanted, and simply there on a wider screen and on paper. A
 * browser that cannot draw what is inside a closed element keeps it closed everywhere.
 */
export function Fold({
  label,
  icon,
  open,
  children,
}: {
  label: ReactNode;
  icon?: IconName;
  open?: boolean;
  children: ReactNode;
}) {
  return (
    <details open={open} className="group md:[&::details-content]:[content-visibility:visible]">
      <summary className="inline-flex min-h-11 list-none items-center gap-2 font-semibold text-link underline underline-offset-4 hover:decoration-2 md:supports-[selector(::details-content)]:hidden print:hidden">
        <OpenerLabel icon={icon}>{label}</OpenerLabel>
      </summary>
      <div className="space-y-4 pt-2 md:pt-0 print:pt-0">{children}</div>
    </details>
  );
}
