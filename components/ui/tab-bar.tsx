import type { Href } from "@/lib/language/navigation";
import { Link } from "@/lib/language/navigation";

/** Views of one thing, each with its own address: links, so that back, sharing and no-JavaScript all work. */
export function TabBar({
  label,
  items,
}: {
  label: string;
  items: readonly { href: Href; label: string; current: boolean }[];
}) {
  return (
    <nav aria-label={label} className="mb-6 border-line border-b print:hidden">
      <ul className="-mb-px flex flex-wrap gap-x-2">
        {items.map((item) => (
          <li key={item.label}>
            <Link
              prefetch={false}
              href={item.href}
              aria-current={item.current ? "page" : undefined}
              className="flex min-h-11 items-center border-transparent border-b-4 px-3 text-link hover:underline aria-[current]:border-primary aria-[current]:font-semibold aria-[current]:text-ink"
            >
              {item.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
