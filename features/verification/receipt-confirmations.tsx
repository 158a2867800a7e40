import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { Confirmations } from "./confirmations";
import { readConfirmations } from "./queries";

/** Which organisations have a receipt's block: asked when the receipt is looked at, and shown once they have answered. */
export function ReceiptConfirmations({ transaction }: { transaction: string }) {
  const t = useTranslations("verify.confirmations");
  return (
    <section aria-labelledby="confirmations" className="space-y-3">
      <h2 id="confirmations">{t("title")}</h2>
      <Suspense fallback={<p>{t("asking")}</p>}>
        <Answers transaction={transaction} />
      </Suspense>
    </section>
  );
}

async function Answers({ transaction }: { transaction: string }) {
  const t = await getTranslations("verify.confirmations");
  const read = await readConfirmations(transaction);
  return read ? <Confirmations {...read} /> : <p>{t("nobody")}</p>;
}
