import { useLocale, useTranslations } from "next-intl";
import type { RefObject } from "react";
import { getPathname } from "@/lib/language/navigation";
import { Button } from "../button";
import { textLinkClass } from "../link";
import { Notice } from "../notice";
import type { FormDraft } from "./use-form-draft";

/** A form that was sent and had no answer: what is known of it, and what to do. */
export function Lost({ title, text }: { title: string; text: string }) {
  return (
    <Notice tone="danger" live="alert" title={title}>
      <p>{text}</p>
    </Notice>
  );
}

/** The way to sign in and back here. Only a script shows it: without one the server leads there. */
export function SignInAgain() {
  const t = useTranslations("ui.form");
  const locale = useLocale();
  const here = typeof location === "undefined" ? "/" : location.pathname + location.search;
  return (
    <p className="mt-2">
      <a
        href={getPathname({ locale, href: { pathname: "/sign-in", query: { da: here } } })}
        className={textLinkClass}
      >
        {t("signInAgain")}
      </a>
    </p>
  );
}

export function Slow({ isSlow }: { isSlow: boolean }) {
  const t = useTranslations("ui.form");
  return <div role="status">{isSlow && <Notice tone="warning" title={t("slow")} />}</div>;
}

/** What was typed here before and not sent, with the way to be rid of it. */
export function FoundDraft({ draft, form }: { draft: FormDraft; form: RefObject<HTMLFormElement | null> }) {
  const t = useTranslations("ui.form.draft");
  if (!draft.found) return null;
  const isOffer = draft.found === "offered";
  return (
    <Notice tone={isOffer ? "warning" : "info"} live="status" title={t(isOffer ? "offered" : "restored")}>
      {isOffer && <p>{t("offeredText")}</p>}
      {form.current?.querySelector('input[type="file"]') && <p>{t("files")}</p>}
      <div className="flex flex-wrap gap-3">
        {isOffer && (
          <Button look="secondary" icon="refresh" onClick={draft.putBack}>
            {t("putBack")}
          </Button>
        )}
        <Button look="plain" icon="trash" onClick={draft.discard}>
          {t("discard")}
        </Button>
      </div>
    </Notice>
  );
}
