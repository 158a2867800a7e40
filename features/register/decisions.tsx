import { getLocale, getTranslations } from "next-intl/server";
import { FieldsForm } from "@/components/ui/fields-form";
import type { FormState } from "@/lib/action-client";
import { datePhrases } from "@/lib/phrases";
import { confirmOffice, confirmWithdrawal, takeOfficeBack } from "./actions";
import { OfficeFacts } from "./office-facts";
import type { OfficeView } from "./queries";

/** What is decided about an office, and how the button looks. */
const steps = {
  confirm: { action: confirmOffice, icon: "seal", look: "primary" },
  confirmWithdrawal: { action: confirmWithdrawal, icon: "x-circle", look: "danger" },
  takeBack: { action: takeOfficeBack, icon: "x-circle", look: "secondary" },
} as const satisfies Record<
  string,
  { action: (state: FormState, form: FormData) => Promise<FormState>; icon: string; look: string }
>;

/** Offices that wait for one step, each with its facts and the form that signs it. */
export async function Decisions({
  offices,
  step,
}: {
  offices: readonly OfficeView[];
  step: keyof typeof steps;
}) {
  const [t, organisations, locale] = await Promise.all([
    getTranslations("register"),
    getTranslations("organisations"),
    getLocale(),
  ]);
  const { action, icon, look } = steps[step];
  return (
    <ul className="max-w-form divide-y divide-line border-line border-y">
      {offices.map((office) => (
        <li key={office.id} className="space-y-3 py-4">
          <h4>{office.name || t("noName")}</h4>
          {step === "confirmWithdrawal" && office.suspension && (
            <p>
              {t("suspensionText", {
                organisation: organisations(office.organisation),
                ...datePhrases("date", office.suspension.until, locale),
              })}
            </p>
          )}
          <OfficeFacts {...office} />
          <FieldsForm
            id={`${step}-${office.id}`}
            action={action}
            hidden={{ command: crypto.randomUUID(), id: office.id }}
            fields={[]}
            submitLabel={t(step)}
            submitIcon={icon}
            look={look}
          />
        </li>
      ))}
    </ul>
  );
}
