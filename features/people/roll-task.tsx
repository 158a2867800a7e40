import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/messages";
import { FieldsForm } from "@/components/ui/fields-form";
import { Task } from "@/components/ui/task";
import { MAX_FILE_BYTES } from "@/features/documents/rules";
import { importRoll } from "./office-actions";

/** The voters' roll, kept by the Comune's administrators: how many people it has, and the form that changes it. */
export async function RollTask({ roll }: { roll: number }) {
  const t = await getTranslations("people.office");
  return (
    <ClientMessages namespaces={[]}>
      <Task title={t("roll")}>
        <p>{t("rollCount", { count: roll })}</p>
        <p>{t("rollText")}</p>
        <FieldsForm
          id="import-roll"
          action={importRoll}
          initial={{ mode: "add" }}
          fields={[
            {
              ...{
                kind: "file",
                name: "file",
                label: t("rollFile"),
                accept: ".csv,.txt,text/csv,text/plain",
              },
              ...{ types: t("rollTypes"), maxBytes: MAX_FILE_BYTES },
            },
            {
              ...{ kind: "radio", name: "mode", label: t("rollMode") },
              options: [
                { value: "add", label: t("rollAdd") },
                { value: "replace", label: t("rollReplace") },
              ],
            },
          ]}
          submitLabel={t("rollButton")}
          submitIcon="upload"
        />
      </Task>
    </ClientMessages>
  );
}
