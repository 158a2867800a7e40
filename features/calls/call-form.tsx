"use client";

import { useTranslations } from "next-intl";
import { ActionForm, useActionForm } from "@/components/ui/action-form";
import type { FieldState } from "@/components/ui/field";
import {
  Checkbox,
  CheckboxGroup,
  DateField,
  MoneyField,
  type Option,
  TextArea,
  TextField,
} from "@/components/ui/inputs";
import { saveCall } from "./actions";

/** What the form starts from; amounts as typed, criteria as parallel lists. */
export type CallFormValues = {
  title: string;
  summary: string;
  objectives: string;
  whoMay: string;
  documentsAsked: string;
  scopes: string[];
  opensOn: string;
  closesOn: string;
  rolling: string | undefined;
  threshold: string;
  requiredScores: string;
  maxCost: string;
  lines: string[];
  criterionIt: string[];
  criterionEn: string[];
  weight: string[];
};

/** The draft of a call, for the office. */
export function CallForm({
  call,
  command,
  initial,
  lines,
  rows,
}: {
  /** Absent for a new one. */
  call?: string;
  /** Of a new one: sent twice it is made once. */
  command?: string;
  initial: Partial<CallFormValues>;
  lines: readonly Option[];
  /** Criteria there is room for. */
  rows: number;
}) {
  const t = useTranslations("calls.office");
  const scope = useTranslations("calls.scope");
  const control = useActionForm<CallFormValues>(saveCall, { id: "call", defaultValue: initial });
  const fields = control.fields as unknown as Record<string, FieldState>;
  const field = (name: string): FieldState => fields[name] ?? { id: `call-${name}`, name };
  const label = (name: Parameters<typeof t>[0]) => t(name);
  const criteria = Array.from({ length: rows }, (_, row) => row);
  const labels = {
    title: label("fields.title"),
    summary: label("fields.summary"),
    objectives: label("fields.objectives"),
    whoMay: label("fields.whoMay"),
    documentsAsked: label("fields.documentsAsked"),
    scopes: label("fields.scopes"),
    opensOn: label("fields.opensOn"),
    closesOn: label("fields.closesOn"),
    threshold: label("fields.threshold"),
    requiredScores: label("fields.requiredScores"),
    maxCost: label("fields.maxCost"),
    ...Object.fromEntries(criteria.map((row) => [`weight[${row}]`, t("weight", { row: row + 1 })])),
  };
  return (
    <ActionForm control={control} labels={labels} submitLabel={t("save")} submitIcon="check">
      {call && <input type="hidden" name="call" value={call} />}
      {command && <input type="hidden" name="command" value={command} />}
      <TextField field={field("title")} label={labels.title} />
      <TextArea field={field("summary")} label={labels.summary} hint={t("fields.summaryHint")} rows={3} />
      <TextArea field={field("objectives")} label={labels.objectives} />
      <TextArea field={field("whoMay")} label={labels.whoMay} rows={4} />
      <TextArea field={field("documentsAsked")} label={labels.documentsAsked} rows={3} optional />
      <CheckboxGroup
        field={field("scopes")}
        label={labels.scopes}
        options={(["A", "B", "C", "schools"] as const).map((value) => ({ value, label: scope(value) }))}
      />
      <DateField field={field("opensOn")} label={labels.opensOn} />
      <DateField field={field("closesOn")} label={labels.closesOn} />
      <Checkbox field={field("rolling")} label={t("fields.rolling")} />
      <TextField field={field("threshold")} label={labels.threshold} inputMode="numeric" />
      <TextField field={field("requiredScores")} label={labels.requiredScores} inputMode="numeric" />
      <MoneyField field={field("maxCost")} label={labels.maxCost} />
      {lines.length > 0 && (
        <CheckboxGroup
          field={field("lines")}
          label={t("fields.lines")}
          hint={t("fields.linesHint")}
          options={lines}
          optional
        />
      )}
      <h2 className="text-xl">{t("criteria")}</h2>
      <p>{t("criteriaHint")}</p>
      <ol className="space-y-4">
        {criteria.map((row) => (
          <li key={row} className="grid items-end gap-x-4 gap-y-2 sm:grid-cols-[1fr_10rem]">
            <TextField
              field={field(`criterionIt[${row}]`)}
              label={t("criterionIt", { row: row + 1 })}
              optional={row > 0}
            />
            <TextField
              field={field(`weight[${row}]`)}
              label={t("weight", { row: row + 1 })}
              inputMode="numeric"
              optional={row > 0}
            />
            <TextField
              field={field(`criterionEn[${row}]`)}
              label={t("criterionEn", { row: row + 1 })}
              optional
            />
          </li>
        ))}
      </ol>
    </ActionForm>
  );
}
