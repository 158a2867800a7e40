"use client";

import { useTranslations } from "next-intl";
import { ActionForm, useActionForm } from "@/components/ui/action-form";
import type { FieldState } from "@/components/ui/field";
import { TextArea, TextField } from "@/components/ui/inputs";
import { scoreProposal } from "./actions";

/** An assessor's points, one field a criterion with its highest value. */
export function ScoreForm({
  proposal,
  command,
  criteria,
  initial,
}: {
  proposal: string;
  command: string;
  criteria: readonly { id: string; title: string; weight: number }[];
  /** As typed, by `points.<criterion>`, where points were given before. */
  initial: Record<string, string>;
}) {
  const t = useTranslations("assessment.points");
  const control = useActionForm<Record<string, string>>(scoreProposal, {
    id: "score",
    defaultValue: { points: initial } as unknown as Record<string, string>,
  });
  const fields = control.fields as unknown as Record<string, FieldState>;
  const nameOf = (id: string) => `points.${id}`;
  const field = (name: string): FieldState => fields[name] ?? { id: `score-${name}`, name };
  const labels = {
    ...Object.fromEntries(criteria.map(({ id, title }) => [nameOf(id), title])),
    reason: t("reason"),
  };
  return (
    <ActionForm control={control} labels={labels} submitLabel={t("button")} submitIcon="scale">
      <input type="hidden" name="proposal" value={proposal} />
      <input type="hidden" name="command" value={command} />
      {criteria.map(({ id, title, weight }) => (
        <TextField
          key={id}
          field={field(nameOf(id))}
          label={title}
          hint={t("max", { max: weight })}
          inputMode="decimal"
          autoComplete="off"
        />
      ))}
      <TextArea field={field("reason")} label={t("reason")} hint={t("reasonHint")} rows={4} />
    </ActionForm>
  );
}
