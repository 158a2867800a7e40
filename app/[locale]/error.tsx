"use client";

import { useTranslations } from "next-intl";
import { PageHeading } from "@/components/layout/page-heading";
import { Button } from "@/components/ui/button";

/** An error nobody foresaw: the digest is the id under which the server logged it. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const t = useTranslations("ui.unexpected");
  return (
    <main id="content" tabIndex={-1} className="mx-auto w-full max-w-page grow px-4 py-8">
      <PageHeading
        title={t("title")}
        lead={t("text", { id: error.digest ?? "—" })}
        actions={
          <Button onClick={reset} icon="refresh">
            {t("retry")}
          </Button>
        }
      />
    </main>
  );
}
