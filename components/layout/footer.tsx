import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/lib/language/navigation";

/** Links the Comuni's criteria ask for by `data-element`, and what kind of ledger stands behind the page. */
export function Footer({ ledger }: { ledger: "embedded" | "fabric" | undefined }) {
  const t = useTranslations("site.footer");
  const linkClass = "inline-flex min-h-11 items-center underline underline-offset-4 hover:decoration-2";
  return (
    <footer className="mt-16 bg-deep text-on-deep print:hidden">
      <div className="mx-auto max-w-page space-y-4 px-4 py-8">
        <p className="font-bold text-lg">{t("about")}</p>
        {ledger && (
          <p className="flex max-w-text items-start gap-2 text-base">
            <span className="pt-0.5">
              <Icon name="link" />
            </span>
            {t(ledger === "embedded" ? "ledgerEmbedded" : "ledgerFabric")}
          </p>
        )}
        <ul className="flex flex-wrap gap-x-6 text-base">
          <li>
            <Link prefetch={false} href="/how-it-works" className={linkClass}>
              {t("howItWorks")}
            </Link>
          </li>
          <li>
            <Link
              prefetch={false}
              href="/accessibility"
              className={linkClass}
              data-element="accessibility-link"
            >
              {t("accessibility")}
            </Link>
          </li>
          <li>
            <Link prefetch={false} href="/privacy" className={linkClass} data-element="privacy-policy-link">
              {t("privacy")}
            </Link>
          </li>
        </ul>
        <p className="max-w-text text-sm">{t("credits")}</p>
      </div>
    </footer>
  );
}
