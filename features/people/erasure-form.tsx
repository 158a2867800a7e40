"use client";

import { useTranslations } from "next-intl";
import { ActionForm, useActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/inputs";
import { eraseMe } from "./actions";

/** The last step before everything that names a person is erased. */
export function ErasureForm() {
  const t = useTranslations("people.erasure");
  const control = useActionForm<{ confirm: string }>(eraseMe, { id: "erase" });
  const labels = { confirm: t("confirm") };
  return (
    <ActionForm control={control} labels={labels} submitLabel={t("erase")} submitIcon="close" look="danger">
      <Checkbox field={control.fields.confirm} label={labels.confirm} />
    </ActionForm>
  );
}
