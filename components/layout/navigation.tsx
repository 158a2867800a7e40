"use client";

import Link from "next/link";
import { useSelectedLayoutSegment } from "next/navigation";
import { type ReactNode, useRef } from "react";
import { classNames } from "@/components/ui/class-names";

export type NavigationItem = { segment: string; href: string; label: string; icon: ReactNode };

/** The main pages: a row where there is room, a menu that opens without scripts where there is not. */
export function Navigation({
  items,
  label,
  menu,
}: {
  items: NavigationItem[];
  label: string;
  menu: ReactNode;
}) {
  const details = useRef<HTMLDetailsElement>(null);
  // The layout stays while pages change: a menu left open would cover the page that was asked for.
  const close = () => {
    if (details.current) details.current.open = false;
  };
  return (
    <nav aria-label={label} data-element="main-navigation" className="border-line border-b bg-surface">
      <details ref={details} className="lg:hidden">
        <summary className="flex min-h-11 w-fit items-center gap-2 px-4 font-semibold text-link">
          {menu}
        </summary>
        <ul className="grid grid-cols-1 border-line border-t px-2 py-2 sm:grid-cols-2">
          <Items items={items} onFollow={close} />
        </ul>
      </details>
      <ul className="mx-auto hidden max-w-page flex-wrap px-2 lg:flex">
        <Items items={items} />
      </ul>
    </nav>
  );
}

function Items({ items, onFollow }: { items: NavigationItem[]; onFollow?: () => void }) {
  const here = useSelectedLayoutSegment();
  return items.map(({ segment, href, label, icon }) => (
    <li key={segment}>
      <Link
        href={href}
        prefetch={false}
        onClick={onFollow}
        aria-current={here === segment ? "page" : undefined}
        className={classNames(
          "flex min-h-11 items-center gap-2 border-transparent border-b-4 px-2 py-2 text-link hover:underline",
          "aria-[current]:border-primary aria-[current]:font-semibold aria-[current]:text-ink",
        )}
      >
        {icon}
        {label}
      </Link>
    </li>
  ));
}
