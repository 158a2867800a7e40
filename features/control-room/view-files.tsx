import { useLocale, useTranslations } from "next-intl";
import { PlainLink } from "@/components/ui/link";
import { tableFormats } from "@/lib/export/table";
import { queryOf, type View } from "./view";

/** The view as files, as of the same day. */
export function ViewFiles({
  municipality,
  what,
  view,
}: {
  municipality: string;
  what: "sums" | "payments";
  view: View;
}) {
  const t = useTranslations("controlRoom.files");
  const locale = useLocale();
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-2 print:hidden">
      {tableFormats.map((format) => (
        <li key={format}>
          <PlainLink
            href={`/api/control-room/${municipality}/${what}.${format}?${new URLSearchParams({ ...queryOf(view), lingua: locale })}`}
            icon="download"
            download
          >
            {t(format, { what: t(what) })}
          </PlainLink>
        </li>
      ))}
    </ul>
  );
}
