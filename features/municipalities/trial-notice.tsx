import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import { Icon } from "@/components/ui/icon";
import { cookieName } from "@/lib/cookie-name";

/**
 * One line on every page of a municipality whose people, amounts and dates are invented. Folded away a word stays that
 * brings it back; paper has it in any case.
 */
export async function TrialNotice() {
  const t = await getTranslations("municipality");
  const folded = (await cookies()).get(cookieName("trial-notice"))?.value === "folded";
  return (
    <aside aria-label={t("demo")} className="border-warning border-b bg-warning-soft text-warning">
      <div className="mx-auto flex max-w-page items-center gap-x-3 px-4 text-base">
        <p className={folded ? "mr-auto hidden py-2 print:block" : "mr-auto py-2"}>
          <Icon name="info" size="small" /> <strong>{t("demo")}.</strong>{" "}
          <span className="max-sm:sr-only print:not-sr-only">{t("demoText")}</span>
        </p>
        <form action="/api/trial-notice" method="post" className="print:hidden">
          <button
            type="submit"
            name="notice"
            value={folded ? "shown" : "folded"}
            className="inline-flex min-h-11 min-w-11 items-center gap-2 whitespace-nowrap underline underline-offset-4 hover:decoration-2"
          >
            {folded && <Icon name="info" size="small" />}
            {t(folded ? "demoShow" : "demoHide")}
          </button>
        </form>
      </div>
    </aside>
  );
}
