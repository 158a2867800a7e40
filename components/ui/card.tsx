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
  children,
}: {
  href: Href;
  title: ReactNode;
  level?: 2 | 3 | 4;
  children?: ReactNode;
}) {
  const Heading = `h${level}` as const;
  return (
    <article className="relative flex h-full flex-col gap-2 rounded-smooth border border-line bg-surface p-5 shadow-low focus-within:border-primary hover:border-primary">
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
    </article>
  );
}

/** Cards side by side where there is room. Children are `<li>`. */
export function CardList({ children }: { children: ReactNode }) {
  return <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">{children}</ul>;
}
