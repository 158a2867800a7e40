import { getTranslations } from "next-intl/server";
import { ActionButton } from "@/components/ui/action-button";
import { FieldsForm } from "@/components/ui/fields-form";
import { MAX_FILE_BYTES } from "@/features/documents/rules";
import { removeEmblem, saveEmblem } from "./emblem-actions";
import type { Emblem } from "./emblem-queries";
import { EMBLEM_HEIGHT, emblemEndings } from "./rules";

/** The coat of arms beside the name of the Comune: brought, changed and taken away. */
export async function EmblemForm({ emblem }: { emblem: Emblem | undefined }) {
  const t = await getTranslations("pictures.emblem");
  return (
    <section aria-labelledby="emblem" className="max-w-form space-y-4">
      <h2 id="emblem">{t("title")}</h2>
      <p>{t("text")}</p>
      {emblem && (
        <>
          <p className="rounded-smooth border border-line bg-surface p-4">
            <picture>
              <img
                src={emblem.src}
                srcSet={`${emblem.srcTwice} 2x`}
                width={emblem.width}
                height={emblem.height}
                alt={emblem.alternativeText}
                lang="it"
              />
            </picture>
          </p>
          <ActionButton action={removeEmblem} fields={{}} icon="close">
            {t("remove")}
          </ActionButton>
        </>
      )}
      <FieldsForm
        id="save-emblem"
        action={saveEmblem}
        {...(emblem && { initial: { alternativeText: emblem.alternativeText } })}
        fields={[
          {
            ...{ kind: "file", name: "file", label: t("file"), accept: emblemEndings },
            ...{
              hint: t("fileHint", { height: EMBLEM_HEIGHT * 2 }),
              types: t("types"),
              maxBytes: MAX_FILE_BYTES,
            },
          },
          {
            ...{ kind: "text", name: "alternativeText", label: t("alternativeText") },
            hint: t("alternativeTextHint"),
          },
        ]}
        submitLabel={t(emblem ? "change" : "add")}
        submitIcon="upload"
      />
    </section>
  );
}
