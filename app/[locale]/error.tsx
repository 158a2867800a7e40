"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { startTransition } from "react";
import { PageHeading } from "@/components/layout/page-heading";
import { buttonClass } from "@/components/ui/button-class";

/**
 * An error nobody foresaw: the digest is the id under which the server logged it; one of the browser has none. What
 * was typed into a form comes back with the page.
 */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const t = useTranslations("ui.unexpected");
  const router = useRouter();
  const retry = () =>
    startTransition(() => {
      // What the server drew failed: it is asked again, not only shown again.
      router.refresh();
      reset();
    });
  return (
    <main id="content" tabIndex={-1} className="mx-auto w-full max-w-page grow px-4 py-8">
      <PageHeading
        title={t("title")}
        lead={`${t(error.digest ? "text" : "textWithoutId", { id: error.digest ?? "" })} ${t("kept")}`}
        actions={
          // Without an icon: every page loads this one, and would load all icons with it.
          <button type="button" onClick={retry} className={buttonClass()}>
            {t("retry")}
          </button>
        }
      />
    </main>
  );
}
