"use client";

import { useTranslations } from "next-intl";
import { ActionForm, useActionForm } from "@/components/ui/action-form";
import { RadioGroup } from "@/components/ui/inputs";
import { adhere } from "./engagement-actions";

/** Adhering in one screen: how, and the button. */
export function AdhesionForm({ proposal, command }: { proposal: string; command: string }) {
  const t = useTranslations("engagement");
  const control = useActionForm<{ kind: string }>(adhere, {
    id: `adhere-${proposal}`,
    defaultValue: { kind: "support" },
  });
  const kinds = ["support", "time", "resources"] as const;
  return (
    <ActionForm
      control={control}
      labels={{ kind: t("kindLabel") }}
      submitLabel={t("adhere")}
      submitIcon="handshake"
    >
      <input type="hidden" name="proposal" value={proposal} />
      <input type="hidden" name="command" value={command} />
      <RadioGroup
        field={control.fields.kind}
        label={t("kindLabel")}
        options={kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
      />
    </ActionForm>
  );
}
