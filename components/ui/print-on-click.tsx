"use client";

import type { ReactNode } from "react";

/** The words and the icon come from the server: a page that is only read need not load all icons for one. */
export function PrintOnClick({ className, children }: { className: string; children: ReactNode }) {
  return (
    <button type="button" className={className} onClick={() => window.print()}>
      {children}
    </button>
  );
}
