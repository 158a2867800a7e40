import { useLocale, useTranslations } from "next-intl";
import { LedgerMark } from "@/components/ledger-mark";
import { PendingRefresh } from "@/components/pending-refresh";
import { Disclosure } from "@/components/ui/disclosure";
import { FieldsForm } from "@/components/ui/fields-form";
import { ButtonLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { type ErrorTranslator, errorSentence } from "@/lib/error-sentence";
import { allows } from "@/protocol/workflow/table";
import { withdrawProposal } from "./actions";
import { ProposalState } from "./proposal-state";
import type { DraftView } from "./queries";

/** What became of the submission, what comes next and with whom. */
export function AfterSubmission({
  municipality,
  draft,
  command,
}: {
  municipality: string;
  draft: DraftView;
  command: string;
}) {
  const t = useTranslations("propose.after");
  const errors = useTranslations("errors") as unknown as ErrorTranslator;
  const locale = useLocale();
  const { submission, state, commons } = draft;
  const pending = submission.status === "pending" || (submission.status === "recorded" && state === null);
  if (submission.status === "none") return null;
  return (
    <div className="space-y-4">
      {pending && (
        <Notice tone="info" title={t("pending")}>
          <p>{t("pendingText")}</p>
        </Notice>
      )}
      <PendingRefresh pending={pending} />
      {submission.status === "failed" && (
        <Notice tone="danger" title={t("failed")} live="alert">
          <p>{errorSentence(errors, locale, submission.code, submission.params)}</p>
          <p>{t("failedText")}</p>
        </Notice>
      )}
      {!pending && state !== null && (
        <>
          <Notice tone="success" title={t("recorded")}>
            <p className="flex flex-wrap items-center gap-3">
              <ProposalState state={state} />
              {submission.status === "recorded" && draft.block !== null && (
                <LedgerMark
                  municipality={municipality}
                  status={{
                    state: "recorded",
                    block: draft.block,
                    transaction: submission.transactionId,
                  }}
                />
              )}
            </p>
          </Notice>
          <section className="space-y-3">
            <h2>{t("next")}</h2>
            <ol className="max-w-text list-decimal space-y-2 pl-6">
              <li>{t("next1")}</li>
              <li>{t("next2")}</li>
              <li>{t("next3")}</li>
            </ol>
            {commons?.published && (
              <p>
                <ButtonLink
                  look="secondary"
                  icon="clock"
                  href={{
                    pathname: "/[municipality]/commons/[commons]",
                    params: { municipality, commons: commons.slug },
                  }}
                >
                  {t("thread")}
                </ButtonLink>
              </p>
            )}
            {!draft.isCoAuthor && allows("proposals:withdraw", { proposal: state }) && (
              <Disclosure label={t("withdraw")} quiet>
                <div className="max-w-text space-y-3">
                  <p>{t("withdrawText")}</p>
                  <FieldsForm
                    id="withdraw-proposal"
                    action={withdrawProposal}
                    hidden={{ draft: draft.id, command }}
                    fields={[]}
                    submitLabel={t("withdraw")}
                    submitIcon="x-circle"
                    look="danger"
                    confirm={{ what: "withdrawProposal", facts: [{ name: "about", value: draft.title }] }}
                  />
                </div>
              </Disclosure>
            )}
          </section>
        </>
      )}
    </div>
  );
}
