import { getLocale, getTranslations } from "next-intl/server";
import { FieldsForm, type FormField } from "@/components/ui/fields-form";
import { Task } from "@/components/ui/task";
import { actFields } from "@/features/documents/act-field-queries";
import { typedEuro } from "@/lib/money";
import type { RoleHeld, Viewer } from "@/lib/permissions";
import type { Settings } from "@/protocol/records/municipality";
import { confirmSettings, proposeSettings } from "./actions";
import type { SettingsView } from "./queries";
import { isYesNo, limitsOf, settingNames, settingUnits } from "./rules";

/** What this person can do: confirm what another organisation proposed, propose, take back what still waits. */
export async function SettingsTasks({
  view,
  viewer,
  proposer,
  confirmer,
}: {
  view: SettingsView;
  viewer: Viewer;
  /** The Comune's office under which the person proposes, if they hold it. */
  proposer: RoleHeld | undefined;
  /** The office under which the person confirms, if they hold one. */
  confirmer: RoleHeld | undefined;
}) {
  const [t, locale, act] = await Promise.all([getTranslations("settings"), getLocale(), actFields()]);
  const { settings, proposed, trial } = view;
  const hidden = () => ({ command: crypto.randomUUID() });
  const mayConfirm =
    proposed &&
    confirmer &&
    confirmer.organisation !== proposed.organisation &&
    viewer.id !== proposed.person;
  const fields: FormField[] = settingNames.map((name): FormField => {
    const text = { name, label: t(`names.${name}`) };
    if (isYesNo(name)) {
      const options = (["yes", "no"] as const).map((value) => ({ value, label: t(value) }));
      return { kind: "radio", ...text, options };
    }
    if (name === "publishGrantsAboveCents") return { kind: "money", ...text };
    const hint = t(`limits.${settingUnits[name]}`, limitsOf(name, trial));
    return { kind: "text", ...text, hint, inputMode: "numeric" };
  });
  return (
    <div className="space-y-3">
      {mayConfirm && (
        <Task title={t("confirm")} open>
          <p>{t("confirmText")}</p>
          <FieldsForm
            id="confirm-settings"
            action={confirmSettings}
            hidden={{ ...hidden(), transactionId: proposed.transactionId }}
            fields={[]}
            submitLabel={t("confirmButton")}
            submitIcon="check"
          />
        </Task>
      )}
      {proposer && (
        <Task title={t("propose")}>
          <p>{t(proposed ? "proposeAgainText" : "proposeText")}</p>
          <FieldsForm
            id="propose-settings"
            action={proposeSettings}
            hidden={hidden()}
            initial={typed(proposed?.settings ?? settings, locale)}
            fields={[...fields, ...act]}
            submitLabel={t("proposeButton")}
            submitIcon="send"
          />
        </Task>
      )}
      {proposer && proposed && (
        <Task title={t("takeBack")}>
          <p>{t("takeBackText")}</p>
          <FieldsForm
            id="take-settings-back"
            action={proposeSettings}
            hidden={{ ...hidden(), ...typed(settings, locale) }}
            fields={act}
            submitLabel={t("takeBackButton")}
            submitIcon="x-circle"
            look="danger"
          />
        </Task>
      )}
    </div>
  );
}

/** Settings as the fields of the form have them. */
function typed(settings: Settings, locale: "it" | "en"): Record<string, string> {
  return Object.fromEntries(
    settingNames.map((name) => {
      const value = settings[name];
      if (value === undefined || typeof value === "boolean") return [name, value ? "yes" : "no"];
      return [name, settingUnits[name] === "money" ? typedEuro(BigInt(value), locale) : String(value)];
    }),
  );
}
