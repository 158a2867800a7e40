import "server-only";
import { getLocale, getTranslations } from "next-intl/server";
import type { FieldsForm, FormField } from "@/components/ui/fields-form";
import { fileField } from "@/features/documents/act-field-queries";
import { municipalityOfPath } from "@/lib/request-path";
import type { PaperKind } from "./rules";

/** A form for a witness at a Casa, beside the one that the party has for themselves. */
export type PaperTask = {
  key: string;
  title: string;
  text: string;
  form: Omit<Parameters<typeof FieldsForm>[0], "id">;
};

/**
 * The same form on paper: with the scan, and what the witness says to have seen.
 */
export async function onPaper(
  own: { key: string; title: string },
  kind: PaperKind,
  form: Pick<PaperTask["form"], "action" | "hidden" | "fields" | "initial">,
): Promise<PaperTask> {
  const [t, locale, slug] = [await getTranslations("papers"), await getLocale(), await municipalityOfPath()];
  const seen: FormField = { kind: "checkbox", name: "seen", label: t("seen") };
  return {
    ...{ key: `paper-${own.key}`, title: t("onPaper", { what: own.title }), text: t("onPaperText") },
    form: {
      ...form,
      fields: [...form.fields, await fileField("scan", t("scan"), t("scanHint")), seen],
      ...{ submitLabel: t("record"), submitIcon: "document" },
      print: { href: `/api/uploads/${slug}/paper?modulo=${kind}&lingua=${locale}`, label: t("form.print") },
    },
  };
}
