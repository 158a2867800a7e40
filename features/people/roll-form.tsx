import { getTranslations } from "next-intl/server";
import { FieldsForm } from "@/components/ui/fields-form";
import { MAX_FILE_BYTES } from "@/features/documents/rules";
import { importRoll } from "./roll-actions";

/** What changes the voters' roll, kept by the Comune's administrators. */
export async function RollForm() {
  const t = await getTranslations("people.roll");
  return (
    <div className="space-y-4">
      <p>{t("text")}</p>
      <FieldsForm
        id="import-roll"
        action={importRoll}
        initial={{ mode: "add" }}
        fields={[
          {
            ...{
              kind: "file",
              name: "file",
              label: t("file"),
              accept: ".csv,.txt,text/csv,text/plain",
            },
            ...{ types: t("types"), maxBytes: MAX_FILE_BYTES },
          },
          {
            ...{ kind: "radio", name: "mode", label: t("mode") },
            options: [
              { value: "add", label: t("add") },
              { value: "replace", label: t("replace") },
            ],
          },
        ]}
        submitLabel={t("button")}
        submitIcon="upload"
      />
    </div>
  );
}
