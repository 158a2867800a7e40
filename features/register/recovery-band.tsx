import { getLocale, getTranslations } from "next-intl/server";
import { Icon } from "@/components/ui/icon";
import { TextLink } from "@/components/ui/link";
import { datePhrases } from "@/lib/phrases";
import { recoveriesUnderWay } from "./recovery-queries";

/** Stands on every page of everybody in office while an organisation is being recovered: each of them can stop it. */
export async function RecoveryBand({ municipality }: { municipality: { istatCode: string; slug: string } }) {
  const underWay = await recoveriesUnderWay(municipality.istatCode);
  if (underWay.length === 0) return null;
  const [t, organisations, locale] = await Promise.all([
    getTranslations("register.recovery"),
    getTranslations("organisations"),
    getLocale(),
  ]);
  return (
    <aside aria-label={t("band")} className="border-danger border-b bg-danger-soft text-danger">
      {underWay.map(({ part, completesFrom }) => (
        <p key={part} className="mx-auto flex max-w-page items-start gap-2 px-4 py-2 text-base">
          <span className="pt-0.5">
            <Icon name="warning" size="small" />
          </span>
          <span>
            {t("bandText", {
              organisation: organisations(part),
              ...datePhrases("day", completesFrom, locale),
            })}{" "}
            <TextLink
              href={{
                pathname: "/[municipality]/register",
                params: { municipality: municipality.slug },
                hash: "recovery",
              }}
            >
              {t("bandLink")}
            </TextLink>
          </span>
        </p>
      ))}
    </aside>
  );
}
