"use client";

import { useTranslations } from "next-intl";
import { ActionForm, useActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/inputs";
import { Notice } from "@/components/ui/notice";
import type { FormState } from "@/lib/action-client";
import { CodeGroups } from "./code-groups";
import type { PasskeyFacts } from "./rules";
import { useCode } from "./use-code";

/** Compares a key's code and signs it: the code is computed here, from the facts that the act is about. */
export function CodeForm({
  id,
  action,
  hidden,
  facts,
  compared,
  submitLabel,
}: {
  id: string;
  action: (state: FormState, form: FormData) => Promise<FormState>;
  hidden: Readonly<Record<string, string>>;
  facts: PasskeyFacts;
  /** What whoever signs says to have done. */
  compared: string;
  submitLabel: string;
}) {
  const t = useTranslations("passkeys");
  const control = useActionForm<{ compared: string }>(action, { id });
  const code = useCode(facts);
  return (
    <ActionForm control={control} labels={{ compared }} submitLabel={submitLabel} submitIcon="seal">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="code" value={code ?? ""} />
      <CodeGroups code={code} />
      <p className="text-base text-ink-soft [@media(scripting:none)]:hidden">{t("computedHere")}</p>
      <noscript>
        <Notice tone="warning">{t("needsScript")}</Notice>
      </noscript>
      <Checkbox field={control.fields.compared} label={compared} />
    </ActionForm>
  );
}
