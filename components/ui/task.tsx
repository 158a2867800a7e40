import type { ReactNode } from "react";

/** One thing a person can do on a page that offers several: closed until it is wanted, open when it is the only one. */
export function Task({ title, open, children }: { title: ReactNode; open?: boolean; children: ReactNode }) {
  return (
    <details open={open} className="max-w-form rounded-smooth border border-line bg-surface px-4 py-2">
      <summary className="flex min-h-11 items-center font-semibold text-link">{title}</summary>
      <div className="space-y-3 pt-2 pb-4">{children}</div>
    </details>
  );
}
