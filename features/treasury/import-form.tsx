import { getTranslations } from "next-intl/server";
import { FieldsForm } from "@/components/ui/fields-form";
import { Notice } from "@/components/ui/notice";
import { readTreasuryFiles } from "./actions";
import { MOST_BYTES } from "./xml";

/** Where files of the treasury are read; nothing counts before it was looked at and confirmed. */
export async function ImportForm({ hasCodes }: { hasCodes: boolean }) {
  const t = await getTranslations("treasury");
  return (
    <section aria-labelledby="import" className="max-w-form space-y-4">
      <h2 id="import">{t("import")}</h2>
      <p>{t("importText")}</p>
      {!hasCodes && <Notice tone="warning" title={t("codesFirst")} />}
      <FieldsForm
        id="read-treasury-files"
        action={readTreasuryFiles}
        fields={[
          {
            ...{ kind: "file", name: "files", label: t("files"), hint: t("filesHint"), multiple: true },
            accept: ".xml,.csv,.txt,application/xml,text/xml,text/csv",
            ...{ types: t("fileTypes"), maxBytes: MOST_BYTES },
          },
        ]}
        submitLabel={t("read")}
        submitIcon="upload"
      />
    </section>
  );
}
