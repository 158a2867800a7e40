import { getTranslations } from "next-intl/server";
import { FieldsForm, type FormField } from "@/components/ui/fields-form";
import { saveProfile } from "./profile-actions";
import type { Profile } from "./profile-queries";
import { profileFields } from "./profile-schema";

/** What stands at the foot of every page of the Comune. */
export async function ProfileForm({ profile }: { profile: Profile | undefined }) {
  const t = await getTranslations("profile");
  const fields = profileFields.map((name): FormField => {
    const texts = {
      ...{ name, label: t(`fields.${name}`), hint: t(`hints.${name}`) },
      ...(name !== "address" && { optional: true }),
    };
    return name === "offices" ? { kind: "area", rows: 5, ...texts } : { kind: "text", ...texts };
  });
  return (
    <FieldsForm
      id="save-profile"
      action={saveProfile}
      fields={fields}
      {...(profile && {
        initial: Object.fromEntries(profileFields.map((name) => [name, profile[name]])),
      })}
      submitLabel={t("save")}
      submitIcon="check"
    />
  );
}
