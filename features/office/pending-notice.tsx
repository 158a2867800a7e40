import { getLocale, getTranslations } from "next-intl/server";
import { PendingRefresh } from "@/components/pending-refresh";
import { Notice } from "@/components/ui/notice";
import type { PendingItem } from "@/ledger/client/outbox/pending";
import { type ErrorTranslator, errorSentence } from "@/lib/error-sentence";

/** Steps on their way to the ledger, watched until they are there, and why the last one was refused if it was. */
export async function PendingNotice({ items }: { items: readonly PendingItem[] }) {
  const [t, signing, errors, locale] = await Promise.all([
    getTranslations("pacts"),
    getTranslations("signing"),
    getTranslations("errors") as Promise<ErrorTranslator>,
    getLocale(),
  ]);
  const last = items.at(-1);
  return (
    <>
      <PendingRefresh pending={items.some(({ status }) => status === "waiting")} />
      {last?.status === "to_sign" && <Notice title={signing("onPage")} />}
      {last?.status === "failed" && last.error && (
        <Notice tone="danger" title={t("refused")}>
          {errorSentence(errors, locale, last.error.code, last.error.params)}
        </Notice>
      )}
    </>
  );
}
