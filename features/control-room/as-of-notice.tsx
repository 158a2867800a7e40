import { useLocale, useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/link";
import { formatDate } from "@/lib/format";
import { queryOf, type View } from "./view";

/** Of which day the numbers are, and an address under which they stay what they are. */
export function AsOfNotice({
  municipality,
  view,
  day,
  isOver,
}: {
  municipality: string;
  view: View;
  day: string;
  isOver: boolean;
}) {
  const t = useTranslations("controlRoom");
  const locale = useLocale();
  const page = { pathname: "/[municipality]/control-room", params: { municipality } } as const;
  const { al: _, ...rest } = view;
  return (
    <div className="max-w-text space-y-2">
      <p>
        <strong>{t(isOver ? "asOfPast" : "asOfToday", { day: formatDate(day, locale) })}</strong>
      </p>
      <p className="text-base text-ink-soft">{t("names")}</p>
      <p className="text-base">
        <TextLink href={{ ...page, query: queryOf({ ...view, al: day }) }}>{t("cite")}</TextLink>{" "}
        <span className="text-ink-soft">{t("citeText", { day: formatDate(day, locale) })}</span>
      </p>
      {view.al !== undefined && (
        <p className="text-base print:hidden">
          <TextLink href={{ ...page, query: queryOf({ ...rest, al: undefined }) }}>{t("now")}</TextLink>
        </p>
      )}
    </div>
  );
}
