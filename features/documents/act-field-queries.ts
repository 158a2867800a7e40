import "server-only";
import { getTranslations } from "next-intl/server";
import type { FormField } from "@/components/ui/fields-form";
import { EARLIEST_DAY } from "@/lib/day-field";
import { todayInItaly } from "@/lib/local-time";
import { actKinds } from "./act-service";
import { acceptedEndings, MAX_FILE_BYTES } from "./rules";

/** The fields of an act, the same wherever a decision needs one. Names are those of `actSchema`. */
export async function actFields(): Promise<FormField[]> {
  const t = await getTranslations("documents.act");
  return [
    { kind: "heading", name: "actHeading", label: t("heading") },
    {
      kind: "select",
      name: "actKind",
      label: t("kind"),
      empty: t("choose"),
      options: actKinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) })),
    },
    { kind: "text", name: "actNumber", label: t("number"), hint: t("numberHint") },
    { kind: "date", name: "actDate", label: t("date"), min: EARLIEST_DAY, max: todayInItaly() },
    { kind: "text", name: "actBody", label: t("body"), hint: t("bodyHint") },
    await fileField("actFile", t("file")),
  ];
}

/** A file to be uploaded with a form. */
export async function fileField(name: string, label: string, hint?: string): Promise<FormField> {
  const t = await getTranslations("documents");
  const limits = { accept: acceptedEndings, types: t("types"), maxBytes: MAX_FILE_BYTES };
  return { kind: "file", name, label, hint: hint ? `${hint} ${t("kept")}` : t("kept"), ...limits };
}
