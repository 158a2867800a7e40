import { useLocale, useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import { formatList } from "@/lib/format";
import type { OriginsView } from "./origin-queries";

/** The sites on which people sign, and in plain words which organisations share one and count as one. */
export function OriginsList({ own, trial, proposed }: OriginsView) {
  const t = useTranslations("register.origins");
  const organisations = useTranslations("organisations");
  const locale = useLocale();
  const shared = own.find(({ countsWith }) => countsWith.length > 0);
  return (
    <div className="space-y-4">
      <ul className="max-w-text list-disc space-y-1 pl-5">
        {own.map(({ part, origin, newOrigin }) => (
          <li key={part} className="break-words">
            {organisations(part)}: {origin}
            {newOrigin !== undefined && `, ${t("changing", { origin: newOrigin })}`}
          </li>
        ))}
      </ul>
      {proposed.map(({ part, origin }) => (
        <p key={part} className="max-w-text break-words">
          {t("waiting", { organisation: organisations(part), origin })}
        </p>
      ))}
      {shared && (
        <Notice tone="warning">
          {t("shared", {
            organisations: formatList(
              [shared.part, ...shared.countsWith].map((part) => organisations(part)),
              locale,
            ),
          })}
        </Notice>
      )}
      {trial && <p className="max-w-text">{t("trial")}</p>}
    </div>
  );
}
