import { useTranslations } from "next-intl";
import type { Page } from "@/lib/language/routing";

/** What an office calls a page: the section it is of, and the record where it is of one. */
export function usePageName(): (page: Page, record: string | null) => string {
  const t = useTranslations("feedback.pages");
  return (page, record) => {
    const section = page.split("/")[2] ?? "home";
    const name = t.has(section as "home") ? t(section as "home") : section;
    return record ? `${name}: ${record}` : page.split("/").length > 3 ? `${name} (${t("detail")})` : name;
  };
}
