import { useLocale, useTranslations } from "next-intl";
import { LedgerMark } from "@/components/ledger-mark";
import { PendingRefresh } from "@/components/pending-refresh";
import { State } from "@/components/ui/state";
import { type ErrorTranslator, errorSentence } from "@/lib/error-sentence";
import type { PendingStep } from "./pending-queries";
import { stepSentence } from "./step-words";

/** Steps on their way to the ledger, and those it refused, with what to do. */
export function PendingSteps({
  municipality,
  steps,
}: {
  municipality: string;
  steps: readonly PendingStep[];
}) {
  const t = useTranslations("thread");
  const signing = useTranslations("signing");
  const errors = useTranslations("errors") as ErrorTranslator;
  const locale = useLocale();
  return (
    <>
      {steps.length > 0 && (
        <section aria-labelledby="coming" className="max-w-form space-y-3 print:hidden">
          <h2 id="coming" className="text-lg">
            {t("coming")}
          </h2>
          <ul className="space-y-3">
            {steps.map(({ id, name, facts, status, error }) => (
              <li key={id} className="space-y-1">
                <p className="font-semibold">{stepSentence(t, locale, name, facts)}</p>
                {status === "to_sign" ? (
                  <State icon="hourglass">{signing("onPage")}</State>
                ) : (
                  <LedgerMark
                    municipality={municipality}
                    status={
                      error
                        ? {
                            state: "not_recorded",
                            reason: errorSentence(errors, locale, error.code, error.params),
                          }
                        : { state: "pending" }
                    }
                  />
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <PendingRefresh pending={steps.some(({ status }) => status === "waiting")} />
    </>
  );
}
