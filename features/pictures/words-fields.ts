import { getTranslations } from "next-intl/server";
import type { FormField } from "@/components/ui/fields-form";
import { todayInItaly } from "@/lib/local-time";
import { focuses, licenses, peopleAnswers } from "./rules";

/** The fields of what is said of a picture, for adding one and for changing it. */
export async function wordsFields(): Promise<FormField[]> {
  const t = await getTranslations("pictures.fields");
  return [
    {
      kind: "area",
      rows: 2,
      name: "alternativeText",
      label: t("alternativeText"),
      hint: t("alternativeTextHint"),
    },
    { kind: "text", name: "author", label: t("author"), hint: t("authorHint") },
    { kind: "date", name: "takenOn", label: t("takenOn"), max: todayInItaly() },
    {
      ...{ kind: "radio", name: "people", label: t("people"), hint: t("peopleHint") },
      options: peopleAnswers.map((value) => ({ value, label: t(`peopleAnswer.${value}`) })),
    },
    { kind: "text", name: "consent", label: t("consent"), hint: t("consentHint"), optional: true },
    {
      ...{ kind: "select", name: "license", label: t("license"), hint: t("licenseHint") },
      options: licenses.map((value) => ({
        value,
        label: t(`licenses.${value.replaceAll(".", "_")}` as "licenses.CC0-1_0"),
      })),
    },
    {
      ...{ kind: "select", name: "focus", label: t("focus"), hint: t("focusHint") },
      options: focuses.map((value) => ({ value, label: t(`focuses.${value}`) })),
    },
  ];
}
