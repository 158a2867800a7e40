import { useTranslations } from "next-intl";
import { type Href, Link } from "@/lib/language/navigation";
import { Icon } from "./icon";
import { textLinkClass } from "./link";

/** The way back up. The page itself is named by its heading and is not repeated here. */
export function Breadcrumb({ items }: { items: readonly { href: Href; label: string }[] }) {
  const t = useTranslations("ui");
  return (
    <nav aria-label={t("breadcrumb")} className="mb-4 text-base print:hidden">
      <ol className="flex flex-wrap items-center gap-x-2">
        {items.map(({ href, label }, index) => (
          <li key={label} className="inline-flex min-h-11 items-center gap-2">
            <Icon name={index === 0 ? "arrow-left" : "chevron-right"} size="small" />
            <Link prefetch={false} href={href} className={textLinkClass}>
              {label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
