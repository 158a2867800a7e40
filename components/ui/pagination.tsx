import { useTranslations } from "next-intl";
import type { Href } from "@/lib/language/navigation";
import { ButtonLink } from "./link";

/** Pages of a list. `hrefOf` puts the number into the address beside the filters. */
export function Pagination({
  label,
  page,
  pages,
  hrefOf,
}: {
  /** What the pages are of, where a page has more than one list. */
  label?: string;
  page: number;
  pages: number;
  hrefOf: (page: number) => Href;
}) {
  const t = useTranslations("ui.pagination");
  if (pages <= 1) return null;
  return (
    <nav
      aria-label={label ? t("labelOf", { list: label }) : t("label")}
      className="mt-8 flex flex-wrap items-center gap-3 print:hidden"
    >
      {page > 1 && (
        <ButtonLink look="secondary" icon="chevron-left" href={hrefOf(page - 1)}>
          {t("previous")}
        </ButtonLink>
      )}
      <p>{t("position", { page, pages })}</p>
      {page < pages && (
        <ButtonLink look="secondary" icon="chevron-right" href={hrefOf(page + 1)}>
          {t("next")}
        </ButtonLink>
      )}
    </nav>
  );
}
