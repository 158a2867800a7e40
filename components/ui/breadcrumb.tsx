import { useTranslations } from "next-intl";
import { type Href, Link } from "@/lib/language/navigation";
import { Icon } from "./icon";
import { Italian } from "./italian";
import { textLinkClass } from "./link";

type Step = {
  href: Href;
  label: string;
  /** A name or title that somebody wrote. */
  written?: boolean;
};

/** The way back up, from the municipality's home on. The page itself is named by its heading and is not repeated here. */
export function Breadcrumb({ items }: { items: readonly Step[] }) {
  const t = useTranslations("ui");
  const home = homeOf(items[0]?.href);
  const steps = home ? [{ href: home, label: t("home") }, ...items] : items;
  return (
    <nav aria-label={t("breadcrumb")} className="mb-4 text-base print:hidden" data-element="breadcrumb">
      <ol className="flex flex-wrap items-center gap-x-2">
        {steps.map(({ href, label, written }, index) => (
          <li key={label} className="inline-flex min-h-11 items-center gap-2">
            <Icon name={index === 0 ? "house" : "chevron-right"} size="small" />
            <Link prefetch={false} href={href} className={textLinkClass}>
              {written ? <Italian>{label}</Italian> : label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** The home of the municipality that a page is of. */
function homeOf(href: Href | undefined): Href | undefined {
  if (typeof href !== "object" || !("params" in href) || href.pathname === "/[municipality]")
    return undefined;
  const { municipality } = href.params as { municipality: string };
  return { pathname: "/[municipality]", params: { municipality } };
}
