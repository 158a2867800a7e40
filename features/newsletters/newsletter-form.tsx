import { getTranslations } from "next-intl/server";
import { FieldsForm, type FormField } from "@/components/ui/fields-form";
import { Renewing } from "@/components/ui/form/renewing";
import { changeNewsletter, writeNewsletter } from "./actions";

type Draft = {
  id: string;
  revision: number;
  titleIt: string;
  textIt: string;
  titleEn: string;
  textEn: string;
  districts: readonly number[];
};

/** A new issue, or a draft that is changed. */
export async function NewsletterForm({
  draft,
  districts,
}: {
  draft?: Draft;
  /** Of the Comune. */
  districts: readonly number[];
}) {
  const t = await getTranslations("newsletters");
  const fields: FormField[] = [
    { kind: "text", name: "titleIt", label: t("fields.titleIt") },
    { kind: "area", name: "textIt", label: t("fields.textIt"), hint: t("fields.textHint"), rows: 12 },
    { kind: "text", name: "titleEn", label: t("fields.titleEn") },
    { kind: "area", name: "textEn", label: t("fields.textEn"), rows: 12 },
    ...(districts.length > 0
      ? [
          {
            ...{ kind: "checkboxes" as const, name: "districts", optional: true },
            ...{ label: t("fields.districts"), hint: t("fields.districtsHint") },
            options: districts.map((number) => ({
              value: String(number),
              label: t("district", { number }),
            })),
          },
        ]
      : []),
  ];
  if (!draft)
    return (
      <FieldsForm
        id="write-newsletter"
        action={writeNewsletter}
        hidden={{ command: crypto.randomUUID() }}
        fields={fields}
        submitLabel={t("write")}
        submitIcon="check"
      />
    );
  const { id, revision, titleIt, textIt, titleEn, textEn } = draft;
  return (
    <Renewing revision={revision}>
      <FieldsForm
        id="change-newsletter"
        action={changeNewsletter}
        hidden={{ id, revision: String(revision) }}
        initial={{ titleIt, textIt, titleEn, textEn, districts: draft.districts.map(String) }}
        fields={fields}
        submitLabel={t("save")}
        submitIcon="check"
        look="secondary"
      />
    </Renewing>
  );
}
