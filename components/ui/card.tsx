import type { ReactNode } from "react";
import { type Href, Link } from "@/lib/language/navigation";

/**
 * Something that opens: the whole card leads where its title does. `level` is the heading's place in the page.
 * Links and buttons inside need `relative` to stay above the title's area.
 */
export function Card({
  href,
  title,
  level = 3,
  picture,
  compact = false,
  lead = false,
  children,
}: {
  href: Href;
  title: ReactNode;
  level?: 2 | 3 | 4;
  /** Above the title, as wide as the card. */
  picture?: ReactNode;
  /** On a telephone the picture stands beside the words, where a list of cards would be too long. */
  compact?: boolean;
  /** The one that stands alone, as wide as the page: its picture stands beside the words from tablets on. */
  lead?: boolean;
  children?: ReactNode;
}) {
  const Heading = `h${level}` as const;
  return (
    <article
      className={`relative h-full overflow-hidden rounded-smooth border border-line bg-surface shadow-low focus-within:border-primary hover:border-primary ${compact ? "max-sm:grid max-sm:grid-cols-[6rem_1fr]" : ""} ${lead ? "md:grid md:grid-cols-2" : ""}`}
    >
      {picture && (
        <div
          className={`border-line ${lead ? "md:border-r md:border-b-0" : ""} ${compact ? "max-sm:border-r max-sm:*:aspect-auto max-sm:*:h-full sm:border-b" : "border-b"}`}
        >
          {picture}
        </div>
      )}
      <div className={`flex flex-col gap-2 ${compact ? "p-3 sm:p-5" : "p-5"}`}>
        <Heading className="text-lg">
          <Link
            prefetch={false}
            href={href}
            className="text-link underline underline-offset-4 after:absolute after:inset-0 after:content-[''] hover:decoration-2"
          >
            {title}
          </Link>
        </Heading>
        {children}
      </div>
    </article>
  );
}

/** Cards side by side where there is room. Children are `<li>`. */
export function CardList({ children }: { children: ReactNode }) {
  return <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">{children}</ul>;
}
