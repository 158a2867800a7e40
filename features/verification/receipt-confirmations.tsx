import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { TextLink } from "@/components/ui/link";
import { Confirmations } from "./confirmations";
import { readConfirmations } from "./queries";

/** Which organisations have a receipt's block: asked when the receipt is looked at, and shown once they have answered. */
export function ReceiptConfirmations({
  municipality,
  transaction,
}: {
  municipality: string;
  transaction: string;
}) {
  const t = useTranslations("verify.confirmations");
  return (
    <section aria-labelledby="confirmations" className="space-y-3">
      <h2 id="confirmations">{t("title")}</h2>
      <Suspense fallback={<Asking municipality={municipality} transaction={transaction} />}>
        <Answers transaction={transaction} />
      </Suspense>
    </section>
  );
}

/** The answers come by a script; the proof has them before any. */
function Asking({ municipality, transaction }: { municipality: string; transaction: string }) {
  const t = useTranslations("verify.confirmations");
  return (
    <>
      <p>{t("asking")}</p>
      <noscript>
        <p>
          {t("withoutScript")}{" "}
          <TextLink
            href={{
              pathname: "/[municipality]/verify/[transaction]",
              params: { municipality, transaction },
            }}
          >
            {t("inProof")}
          </TextLink>
          .
        </p>
      </noscript>
    </>
  );
}

async function Answers({ transaction }: { transaction: string }) {
  const t = await getTranslations("verify.confirmations");
  const read = await readConfirmations(transaction);
  return read ? <Confirmations {...read} /> : <p>{t("nobody")}</p>;
}
