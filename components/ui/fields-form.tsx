"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { FormState } from "@/lib/action-client";
import { ActionForm, useActionForm } from "./action-form";
import type { ButtonLook } from "./button-class";
import { Confirmation, type ConfirmationTexts } from "./confirmation";
import { FileField } from "./file-field";
import type { IconName } from "./icon";
import {
  Checkbox,
  CheckboxGroup,
  DateField,
  MoneyField,
  type Option,
  RadioGroup,
  SelectField,
  TextArea,
  TextField,
} from "./inputs";

type Texts = { name: string; label: string; hint?: ReactNode; optional?: boolean };

/** A field of a form that a page describes; a group is only a heading over the fields after it. */
export type FormField =
  | ({ kind: "text"; inputMode?: "numeric" | "decimal"; type?: "text" | "datetime-local" | "email" } & Texts)
  | ({ kind: "area"; rows?: number } & Texts)
  | ({ kind: "money" | "checkbox" } & Texts)
  | ({ kind: "date"; min?: string; max?: string } & Texts)
  | ({ kind: "select"; options: readonly Option[]; empty?: string } & Texts)
  | ({ kind: "radio" | "checkboxes"; options: readonly Option[] } & Texts)
  | ({
      kind: "file";
      accept: string;
      types: string;
      maxBytes: number;
      camera?: boolean;
      multiple?: boolean;
    } & Texts)
  | { kind: "heading"; name: string; label: string /** 3 without it. */; level?: 2 | 3 };

type Values = Record<string, string | string[]>;

/**
 * A form described by the page that shows it: for the many forms of the offices that are a list of fields and a
 * button. `hidden` travels along, such as the record's id and the command that makes a second post harmless.
 */
export function FieldsForm({
  action,
  id,
  fields,
  hidden = {},
  initial,
  submitLabel,
  submitIcon,
  look,
  confirm,
  print,
}: {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  id: string;
  fields: readonly FormField[];
  hidden?: Readonly<Record<string, string>>;
  initial?: Values;
  submitLabel: string;
  submitIcon?: IconName;
  look?: ButtonLook;
  /** For what cannot be undone: see `Confirmation`. */
  confirm?: ConfirmationTexts;
  print?: { href: string; label: string };
}) {
  const control = useActionForm<Values>(action, { id, ...(initial && { defaultValue: initial }) });
  const t = useTranslations("ui.confirm");
  const labels = Object.fromEntries(
    fields.filter(({ kind }) => kind !== "heading").map(({ name, label }) => [name, label]),
  );
  const { confirmed } = control.fields;
  return (
    <ActionForm
      control={control}
      labels={{ ...labels, ...(confirm && { confirmed: t("box") }) }}
      submitLabel={submitLabel}
      {...(submitIcon && { submitIcon })}
      {...(look && { look })}
      {...(print && { print })}
    >
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {fields.map((field) => (
        <OneField key={field.name} field={field} control={control} />
      ))}
      {confirm && confirmed && <Confirmation {...confirm} field={confirmed} />}
    </ActionForm>
  );
}

function OneField({
  field,
  control,
}: {
  field: FormField;
  control: ReturnType<typeof useActionForm<Values>>;
}) {
  if (field.kind === "heading") {
    const Heading = `h${field.level ?? 3}` as const;
    return <Heading className="pt-4 text-lg">{field.label}</Heading>;
  }
  const state = control.fields[field.name];
  if (!state) return null;
  const { kind, name: _, ...texts } = field;
  switch (kind) {
    case "text":
      return <TextField field={state} {...texts} />;
    case "area":
      return <TextArea field={state} {...texts} />;
    case "money":
      return <MoneyField field={state} {...texts} />;
    case "date":
      return <DateField field={state} {...texts} />;
    case "checkbox":
      return <Checkbox field={state} {...texts} />;
    case "select":
      return <SelectField field={state} {...(texts as Texts & { options: readonly Option[] })} />;
    case "radio":
      return <RadioGroup field={state} {...(texts as Texts & { options: readonly Option[] })} />;
    case "checkboxes":
      return <CheckboxGroup field={state} {...(texts as Texts & { options: readonly Option[] })} />;
    case "file":
      return (
        <FileField
          field={state}
          {...(texts as Texts & {
            accept: string;
            types: string;
            maxBytes: number;
            camera?: boolean;
            multiple?: boolean;
          })}
        />
      );
  }
}
