import { getTranslations } from "next-intl/server";
import { FieldsForm, type FormField } from "@/components/ui/fields-form";
import { saveTreasuryCodes } from "./actions";
import { stampDuties, type TreasuryCodes } from "./codes-schema";

const identity = ["office", "siope", "taxCode", "bankEntity"] as const;
const orders = [
  "bankCode",
  "entityName",
  "ownChannel",
  "bankChannel",
  "currentCode",
  "investmentCode",
] as const;

/** The codes by which the treasury's files are known to be the Comune's, and those that orders sent to it say. */
export async function CodesForm({ codes }: { codes: TreasuryCodes }) {
  const t = await getTranslations("treasury");
  const field = (name: (typeof identity)[number] | (typeof orders)[number]): FormField => ({
    ...{ kind: "text", name, label: t(`codeNames.${name}`), hint: t(`codeHints.${name}`), optional: true },
  });
  return (
    <FieldsForm
      id="treasury-codes"
      action={saveTreasuryCodes}
      initial={Object.fromEntries(Object.entries(codes).filter(([, value]) => value !== undefined))}
      fields={[
        { kind: "heading", level: 2, name: "identity", label: t("codesIdentity") },
        ...identity.map(field),
        { kind: "heading", level: 2, name: "orders", label: t("codesOrders") },
        ...orders.map(field),
        {
          ...{ kind: "radio", name: "stampDuty", label: t("stampDuty"), optional: true },
          options: stampDuties.map((value) => ({ value, label: t(`stampDuties.${value}`) })),
        },
        { kind: "text", name: "stampDutyReason", label: t("stampDutyReason"), optional: true },
      ]}
      submitLabel={t("saveCodes")}
      submitIcon="check"
    />
  );
}
