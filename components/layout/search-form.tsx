import { useLocale, useTranslations } from "next-intl";
import { controlClass } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { getPathname } from "@/lib/language/navigation";
import { SearchKey } from "./search-key";

/** Searching a municipality from every page of it: a form that is sent with GET, so it needs no script. */
export function SearchForm({ municipality }: { municipality: string }) {
  const t = useTranslations("search");
  const locale = useLocale();
  const action = getPathname({
    locale,
    href: { pathname: "/[municipality]/search", params: { municipality } },
  });
  return (
    <search aria-label={t("everywhere")} className="print:hidden">
      <form action={action} className="flex items-stretch">
        <label htmlFor="site-search" className="sr-only">
          {t("everywhere")}
        </label>
        <input
          id="site-search"
          name="q"
          type="search"
          maxLength={100}
          required
          autoComplete="off"
          className={`${controlClass} min-w-0 rounded-r-none`}
        />
        <button
          type="submit"
          className="inline-flex min-h-11 min-w-11 items-center justify-center rounded-r-smooth bg-primary px-3 text-on-primary hover:bg-primary-strong"
        >
          <Icon name="search" />
          <span className="sr-only">{t("submit")}</span>
        </button>
      </form>
      <SearchKey field="site-search" />
    </search>
  );
}
