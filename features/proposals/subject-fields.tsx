"use client";

import { useTranslations } from "next-intl";
import type { FieldState } from "@/components/ui/field";
import { type Option, RadioGroup, SelectField, TextField } from "@/components/ui/inputs";

/** Who proposes: somebody written before, or a new subject. */
export function SubjectFields({
  field,
  known,
  kinds,
}: {
  field: (name: string) => FieldState;
  known: readonly Option[];
  kinds: readonly string[];
}) {
  const t = useTranslations("propose.subject");
  return (
    <>
      {known.length > 0 && (
        <SelectField
          field={field("subject")}
          label={t("existing")}
          hint={t("existingHint")}
          options={known}
          empty={t("notListed")}
          optional
        />
      )}
      <fieldset className="space-y-6 border-line border-l-2 pl-5">
        <legend className="font-bold text-lg">{t("new")}</legend>
        <RadioGroup
          field={field("subjectKind")}
          label={t("kind")}
          options={kinds.map((value) => ({ value, label: t(`kinds.${value as "person"}`) }))}
        />
        <TextField field={field("subjectName")} label={t("name")} hint={t("nameHint")} />
        <TextField
          field={field("fiscalCode")}
          label={t("fiscalCode")}
          hint={t("fiscalCodeHint")}
          autoComplete="off"
          optional
        />
        <TextField field={field("email")} type="email" label={t("email")} hint={t("emailHint")} optional />
      </fieldset>
    </>
  );
}
