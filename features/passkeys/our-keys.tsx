import { getTranslations } from "next-intl/server";
import { Disclosure } from "@/components/ui/disclosure";
import { FieldsForm } from "@/components/ui/fields-form";
import { withdrawPasskey } from "./actions";
import { PasskeyState } from "./passkey-state";
import type { PasskeyView } from "./queries";

/** Keys of other people, withdrawn for them where they are lost or stolen. */
export async function OurKeys({
  keys,
  action = withdrawPasskey,
}: {
  keys: readonly PasskeyView[];
  action?: typeof withdrawPasskey;
}) {
  const t = await getTranslations("passkeys");
  return (
    <ul className="max-w-form divide-y divide-line border-line border-y">
      {keys.map(({ id, name, phase, countsFrom }) => (
        <li key={id} className="space-y-2 py-3">
          <p className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <span className="font-semibold">{t("of", { name })}</span>
            <PasskeyState phase={phase} {...(countsFrom && { countsFrom })} />
          </p>
          <Disclosure label={t("withdraw")} icon="x-circle" quiet>
            <div className="space-y-3">
              <p>{t("withdrawText")}</p>
              <FieldsForm
                id={`withdraw-key-${id}`}
                action={action}
                hidden={{ command: crypto.randomUUID(), id }}
                fields={[]}
                submitLabel={t("withdraw")}
                submitIcon="x-circle"
                look="danger"
              />
            </div>
          </Disclosure>
        </li>
      ))}
    </ul>
  );
}
