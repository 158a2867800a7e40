"use client";

import { useTranslations } from "next-intl";
import type { FieldState } from "./field";
import { Checkbox } from "./inputs";

/** What cannot be undone, as `ui.confirm.texts` says it. */
export type Irreversible =
  | "publishCall"
  | "freezeRound"
  | "closeRound"
  | "annulRound"
  | "finaliseRound"
  | "mergeProposals"
  | "rejectProposal"
  | "withdrawProposal"
  | "abandonProposal"
  | "withdrawPact"
  | "terminatePact"
  | "cancelMilestone"
  | "rejectMilestone"
  | "orderPayment"
  | "refusePayment"
  | "recoverPayment"
  | "stopRecovery"
  | "sendNewsletter"
  | "publishNewsletter";

export type ConfirmationTexts = {
  what: Irreversible;
  /** What it is done to, as people know it: a title, an amount, who is concerned. */
  facts: readonly { name: "about" | "amount" | "until" | "voters" | "people"; value: string }[];
};

/**
 * Stands right before the button of what cannot be undone: what happens to what, what cannot be taken back, and a box
 * without which the action does nothing. The action says the same by `irreversible`.
 */
export function Confirmation({ what, facts, field }: ConfirmationTexts & { field: FieldState }) {
  const t = useTranslations("ui.confirm");
  return (
    <div className="space-y-3 rounded-smooth border-2 border-warning px-4 py-3">
      <p className="font-semibold">{t("title")}</p>
      <dl className="space-y-1">
        {facts.map(({ name, value }) => (
          <div key={name} className="flex flex-wrap gap-x-2">
            <dt className="text-ink-soft">{t(`facts.${name}`)}</dt>
            <dd className="wrap-anywhere font-semibold">{value}</dd>
          </div>
        ))}
      </dl>
      <p>{t(`texts.${what}`)}</p>
      <Checkbox field={field} label={t("box")} />
    </div>
  );
}
