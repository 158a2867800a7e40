import type { ReactNode } from "react";

/** The page's one `h1`, a sentence that says what the page is for, and what can be done with it. */
export function PageHeading({
  title,
  lead,
  actions,
}: {
  title: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="mb-8 space-y-3">
      <h1>{title}</h1>
      {lead && <p className="max-w-text text-ink-soft text-lg first-letter:uppercase">{lead}</p>}
      {actions && <div className="flex flex-wrap gap-3 pt-2 print:hidden">{actions}</div>}
    </div>
  );
}
