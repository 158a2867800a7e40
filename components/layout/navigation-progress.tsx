"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
// Every page has these, and so has every page that says there is none. Named here, where all of them begin, they are sent once.
import "@/lib/language/navigation";
import "./language-switch";
import "./navigation";
import "./search-key";

/** What a page may take before a person wonders whether they pressed at all. */
const patienceMilliseconds = 600;
const limitMilliseconds = 30_000;

/** Says in words that the page that was asked for is on its way. Without scripts the browser says so itself. */
export function NavigationProgress({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const shown = `${pathname}?${search}`;
  // The page that was open when another was asked for; nothing once that other is here.
  const [askedFrom, setAskedFrom] = useState<string>();
  const [slow, setSlow] = useState(false);
  const waiting = askedFrom === shown;
  if (askedFrom !== undefined && !waiting) setAskedFrom(undefined);

  useEffect(() => {
    const listen = (event: MouseEvent) => {
      if (leadsElsewhere(event)) setAskedFrom(here());
    };
    // Next's links prevent the browser's own way of following them: this looks before they do.
    document.addEventListener("click", listen, { capture: true });
    return () => document.removeEventListener("click", listen, { capture: true });
  }, []);

  useEffect(() => {
    setSlow(false);
    if (!waiting) return;
    const timers = [
      setTimeout(() => setSlow(true), patienceMilliseconds),
      // Whoever stopped the page on the way is not told for ever that it comes.
      setTimeout(() => setAskedFrom(undefined), limitMilliseconds),
    ];
    return () => timers.forEach(clearTimeout);
  }, [waiting]);

  return (
    <div role="status" className="print:hidden">
      {waiting && slow && (
        <p className="fixed inset-x-0 top-0 z-10 mx-auto flex w-fit items-center gap-2 rounded-smooth bg-deep px-4 py-2 text-base text-on-deep shadow-medium">
          {children}
        </p>
      )}
    </div>
  );
}

function here(): string {
  return `${location.pathname}?${new URLSearchParams(location.search)}`;
}

/** Whether a click follows a link, in this window, to another page of the site. */
function leadsElsewhere(event: MouseEvent): boolean {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || link.target || link.hasAttribute("download")) return false;
  const { origin, pathname, search } = new URL(link.href, location.href);
  const isPage = origin === location.origin && !pathname.startsWith("/api/");
  return isPage && (pathname !== location.pathname || search !== location.search);
}
