"use client";

import { type ReactNode, useEffect, useRef } from "react";

/** One idea at a time. The heading takes the focus, so that whoever listens hears that the screen is another. */
export function Screen({
  title,
  first,
  children,
}: {
  title: string;
  /** The screen that the page opens with leaves the focus where it is. */
  first?: boolean;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!first) heading.current?.focus();
  }, [first]);
  return (
    <section className="max-w-text space-y-5">
      <h2 ref={heading} tabIndex={-1} className="outline-none">
        {title}
      </h2>
      {children}
    </section>
  );
}

/** The one thing to do next first, other ways below it. */
export function ScreenActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-col items-stretch gap-3 sm:flex-row sm:flex-wrap">{children}</div>;
}
