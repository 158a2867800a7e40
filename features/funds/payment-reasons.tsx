import { getLocale, getTranslations } from "next-intl/server";
import { Reason } from "@/components/ui/reason";
import { publicReason } from "@/features/documents/reason-queries";
import { formatMoney } from "@/lib/format";
import { datePhrases } from "@/lib/phrases";
import type { Decided } from "./commitment-queries";

/** By how much a request was reduced or that it was refused, on which day and why: for whoever asked for it. */
export async function PaymentReasons({ municipality, decided }: { municipality: string; decided: Decided }) {
  const [t, locale] = await Promise.all([getTranslations("funds"), getLocale()]);
  const { reductions, refusal } = decided;
  if (reductions.length === 0 && !refusal) return null;
  const words = new Map(
    await Promise.all(
      [...reductions, ...(refusal ? [refusal] : [])].map(
        async ({ reasonDigest }) => [reasonDigest, await publicReason(municipality, reasonDigest)] as const,
      ),
    ),
  );
  return (
    <ul className="space-y-2">
      {reductions.map(({ amountCents, reasonDigest, on }) => (
        <li key={reasonDigest}>
          <p>
            {t("reducedOn", {
              amount: formatMoney(BigInt(amountCents), locale),
              ...datePhrases("day", on, locale),
            })}
          </p>
          <Reason text={words.get(reasonDigest) ?? null} />
        </li>
      ))}
      {refusal && (
        <li>
          <p>{t("refusedOn", datePhrases("day", refusal.on, locale))}</p>
          <Reason text={words.get(refusal.reasonDigest) ?? null} />
        </li>
      )}
    </ul>
  );
}
