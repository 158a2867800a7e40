"use client";

import { useTranslations } from "next-intl";
import { ActionForm, useActionForm } from "@/components/ui/action-form";
import { Checkbox, RadioGroup, TextField } from "@/components/ui/inputs";
import { savePreferences } from "./actions";
import type { PreferencesInput } from "./schema";

/** Language and notices of the person who is signed in. */
export function PreferencesForm({ current }: { current: PreferencesInput }) {
  const t = useTranslations("people.preferences");
  const control = useActionForm<PreferencesInput>(savePreferences, {
    id: "preferences",
    defaultValue: current,
  });
  const { fields } = control;
  const labels = { language: t("language"), notifyByEmail: t("notify"), email: t("email") };
  return (
    <ActionForm control={control} labels={labels} submitLabel={t("save")} submitIcon="check">
      <RadioGroup
        field={fields.language}
        label={labels.language}
        options={[
          { value: "it", label: t("it") },
          { value: "en", label: t("en") },
        ]}
      />
      <Checkbox field={fields.notifyByEmail} label={labels.notifyByEmail} />
      <TextField
        field={fields.email}
        type="email"
        autoComplete="email"
        label={labels.email}
        hint={t("emailHint")}
        optional
      />
    </ActionForm>
  );
}
