"use client";

import { useTranslations } from "next-intl";
import { ActionForm, useActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/inputs";
import { submitProposal } from "./actions";

/** Submitting, with a box that says it is meant: what is submitted stays as it is. */
export function SubmitForm({
  draft,
  command,
  completing,
}: {
  draft: string;
  command: string;
  /** A dossier that was sent back goes in again. */
  completing: boolean;
}) {
  const t = useTranslations("propose.preview");
  const control = useActionForm<{ confirm: string }>(submitProposal, { id: "submit-proposal" });
  const label = t(completing ? "confirmIntegrate" : "confirm");
  return (
    <ActionForm
      control={control}
      labels={{ confirm: label }}
      submitLabel={t(completing ? "integrate" : "submit")}
      submitIcon="send"
    >
      <input type="hidden" name="draft" value={draft} />
      <input type="hidden" name="command" value={command} />
      <Checkbox field={control.fields.confirm} label={label} />
    </ActionForm>
  );
}
