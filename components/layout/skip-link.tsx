import { useTranslations } from "next-intl";

/** First thing on the keyboard's way: past the header, to the content. */
export function SkipLink() {
  const t = useTranslations("site");
  return (
    <a
      href="#content"
      className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:bg-page focus:px-4 focus:py-3 focus:font-semibold focus:text-link"
    >
      {t("skipToContent")}
    </a>
  );
}
