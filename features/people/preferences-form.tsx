"use client";

import { useTranslations } from "next-intl";
import { ActionForm, useActionForm } from "@/components/ui/action-form";
import { RadioGroup } from "@/components/ui/inputs";
import { savePreferences } from "./actions";
import type { PreferencesInput } from "./schema";

/** Language of the person who is signed in. */
export function PreferencesForm({ current }: { current: PreferencesInput }) {
  const t = useTranslations("people.preferences");
  const control = useActionForm<PreferencesInput>(savePreferences, {
    id: "preferences",
    defaultValue: current,
  });
  const { fields } = control;
  const labels = { language: t("language") };
  return (
    <ActionForm control={control} labels={labels} submitLabel={t("save")} submitIcon="check">
      <RadioGroup
        field={fields.language}
        label={labels.language}
        hint={t("languageHint")}
        options={[
          { value: "it", label: t("it") },
          { value: "en", label: t("en") },
        ]}
      />
    </ActionForm>
  );
}
