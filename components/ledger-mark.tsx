import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { State } from "@/components/ui/state";
import { formatNumber } from "@/lib/format";
import { Link } from "@/lib/language/navigation";

export type LedgerStatus =
  | { state: "pending" }
  | { state: "recorded"; block: number; transaction: string }
  /** Peers of so many organisations say the same. */
  | { state: "confirmed"; block: number; transaction: string; organisations: number }
  /** `reason` says what to do, in the person's language. */
  | { state: "not_recorded"; reason: ReactNode };

/** Stands wherever something is on the ledger, says how far it has come, and opens the proof. */
export function LedgerMark({ municipality, status }: { municipality: string; status: LedgerStatus }) {
  const t = useTranslations("ui.ledger");
  const locale = useLocale();
  if (status.state === "pending")
    return (
      <p className="text-base">
        <State icon="hourglass" tone="neutral">
          {t("pending")}
        </State>{" "}
        <span className="text-ink-soft">{t("pendingText")}</span>
      </p>
    );
  if (status.state === "not_recorded")
    return (
      <div className="space-y-1 text-base">
        <State icon="alert" tone="danger">
          {t("notRecorded")}
        </State>
        <p>{status.reason}</p>
      </div>
    );
  const block = formatNumber(status.block, locale);
  return (
    <Link
      prefetch={false}
      href={{
        pathname: "/[municipality]/verify/[transaction]",
        params: { municipality, transaction: status.transaction },
      }}
      className="relative inline-flex min-h-11 flex-wrap items-center gap-x-2 text-base print:min-h-0"
    >
      <State icon="link" tone="success">
        {status.state === "confirmed"
          ? t("confirmed", { count: status.organisations, block })
          : t("recorded", { block })}
      </State>
      <span className="text-link underline underline-offset-4 print:hidden">{t("openProof")}</span>
    </Link>
  );
}
