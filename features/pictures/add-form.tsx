import { randomUUID } from "node:crypto";
import { getTranslations } from "next-intl/server";
import { FieldsForm, type FormField } from "@/components/ui/fields-form";
import type { Option } from "@/components/ui/inputs";
import { MAX_FILE_BYTES } from "@/features/documents/rules";
import { todayInItaly } from "@/lib/local-time";
import { addPicture } from "./actions";
import { LEAST_HEIGHT, LEAST_WIDTH, photographEndings } from "./rules";
import { wordsFields } from "./words-fields";

/** Adds a photograph to one of these subjects; where there is one only, it is not asked for. */
export async function AddPictureForm({
  targets,
  chosen,
  author,
  submitLabel,
}: {
  targets: readonly [Option, ...Option[]];
  chosen?: string;
  /** The name of who adds it, which they can change. */
  author: string;
  /** Where it is not published at once. */
  submitLabel?: string;
}) {
  const t = await getTranslations("pictures.add");
  const [only] = targets;
  const file = {
    kind: "file" as const,
    accept: photographEndings,
    types: t("types"),
    maxBytes: MAX_FILE_BYTES,
  };
  const subject: FormField[] =
    targets.length > 1 ? [{ kind: "select", name: "target", label: t("target"), options: targets }] : [];
  const fields: FormField[] = [
    ...subject,
    {
      ...file,
      name: "file",
      label: t("file"),
      hint: t("fileHint", { width: LEAST_WIDTH, height: LEAST_HEIGHT }),
    },
    { ...file, name: "camera", label: t("camera"), camera: true, optional: true },
    ...(await wordsFields()),
  ];
  const target = targets.some(({ value }) => value === chosen) ? chosen : only.value;
  return (
    <FieldsForm
      id="add-picture"
      action={addPicture}
      hidden={{ command: randomUUID(), ...(targets.length === 1 && { target: only.value }) }}
      initial={{
        ...(targets.length > 1 && target && { target }),
        ...{ author, takenOn: todayInItaly(), license: "CC-BY-4.0", focus: "attention" },
      }}
      fields={fields}
      submitLabel={submitLabel ?? t("submit")}
      submitIcon="upload"
    />
  );
}
