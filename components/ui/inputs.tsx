import type { ComponentProps, ReactNode } from "react";
import {
  controlAttributes,
  controlClass,
  Field,
  FieldGroup,
  type FieldState,
  type FieldTexts,
} from "./field";

type Given = FieldTexts & { field: FieldState };

/** One line of text. No `maxlength`: a browser would cut what is pasted without a word; the schema says so instead. */
export function TextField({
  field,
  label,
  hint,
  optional,
  ...input
}: Given & Omit<ComponentProps<"input">, "id" | "name" | "defaultValue">) {
  return (
    <Field field={field} label={label} hint={hint} optional={optional}>
      <input
        type="text"
        {...input}
        {...controlAttributes(field, { label, hint, optional })}
        defaultValue={asText(field.initialValue)}
        className={controlClass}
      />
    </Field>
  );
}

export function TextArea({
  field,
  label,
  hint,
  optional,
  rows = 6,
  ...input
}: Given & Omit<ComponentProps<"textarea">, "id" | "name" | "defaultValue">) {
  return (
    <Field field={field} label={label} hint={hint} optional={optional}>
      <textarea
        rows={rows}
        {...input}
        {...controlAttributes(field, { label, hint, optional })}
        defaultValue={asText(field.initialValue)}
        className={controlClass}
      />
    </Field>
  );
}

/** An amount in euro, typed as people write it; `parseEuro` of lib/money.ts reads it. */
export function MoneyField({ field, label, hint, optional }: Given) {
  return (
    <Field field={field} label={label} hint={hint} optional={optional}>
      <div className="flex max-w-72 items-center gap-2">
        <input
          type="text"
          inputMode="decimal"
          autoComplete="off"
          {...controlAttributes(field, { label, hint, optional })}
          defaultValue={asText(field.initialValue)}
          className={`${controlClass} text-right tabular-nums`}
        />
        <span aria-hidden="true">€</span>
      </div>
    </Field>
  );
}

/** `min` and `max` are days; they guide the browser’s calendar, and the server says what is wrong beyond them. */
export function DateField({
  field,
  label,
  hint,
  optional,
  min,
  max,
}: Given & { min?: string; max?: string }) {
  return (
    <Field field={field} label={label} hint={hint} optional={optional}>
      <input
        type="date"
        min={min}
        max={max}
        {...controlAttributes(field, { label, hint, optional })}
        defaultValue={asText(field.initialValue)}
        className={`${controlClass} max-w-60`}
      />
    </Field>
  );
}

export type Option = { value: string; label: string; hint?: ReactNode };

export function SelectField({
  field,
  label,
  hint,
  optional,
  options,
  empty,
}: Given & { options: readonly Option[]; empty?: string }) {
  return (
    <Field field={field} label={label} hint={hint} optional={optional}>
      <select
        // A select does not follow a changed default: after an answer it is made anew with what was chosen.
        key={asText(field.initialValue)}
        {...controlAttributes(field, { label, hint, optional })}
        defaultValue={asText(field.initialValue)}
        className={controlClass}
      >
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** One of a few. For more than seven a `SelectField` is easier to read. */
export function RadioGroup({
  field,
  label,
  hint,
  optional,
  options,
}: Given & { options: readonly Option[] }) {
  return (
    <FieldGroup field={field} label={label} hint={hint} optional={optional}>
      {options.map((option) => (
        <Choice
          key={option.value}
          type="radio"
          id={`${field.id}-${option.value}`}
          name={field.name}
          option={option}
          checked={field.initialValue === option.value}
        />
      ))}
    </FieldGroup>
  );
}

/** Any number of a few; the schema reads an array. */
export function CheckboxGroup({
  field,
  label,
  hint,
  optional,
  options,
}: Given & { options: readonly Option[] }) {
  const chosen = Array.isArray(field.initialValue) ? field.initialValue : [field.initialValue];
  return (
    <FieldGroup field={field} label={label} hint={hint} optional={optional}>
      {options.map((option) => (
        <Choice
          key={option.value}
          type="checkbox"
          id={`${field.id}-${option.value}`}
          name={field.name}
          option={option}
          checked={chosen.includes(option.value)}
        />
      ))}
    </FieldGroup>
  );
}

/** A single yes: the form has `on` when it is ticked and nothing when it is not. */
export function Checkbox({ field, label, hint }: Given) {
  return (
    <FieldGroup
      field={{ ...field, id: `${field.id}-group` }}
      label={<span className="sr-only">{label}</span>}
    >
      <Choice
        type="checkbox"
        id={field.id}
        name={field.name}
        option={{ value: "on", label: String(label), hint }}
        checked={field.initialValue === "on" || field.initialValue === true}
      />
    </FieldGroup>
  );
}

function Choice({
  type,
  id,
  name,
  option,
  checked,
}: {
  type: "radio" | "checkbox";
  id: string;
  name: string;
  option: Option;
  checked: boolean;
}) {
  return (
    <div className="flex min-h-11 items-start gap-3 py-1.5">
      <input
        type={type}
        id={id}
        name={name}
        value={option.value}
        defaultChecked={checked}
        aria-describedby={option.hint ? `${id}-hint` : undefined}
        className="mt-0.5 size-6 shrink-0 accent-primary"
      />
      <div>
        <label htmlFor={id} className="block">
          {option.label}
        </label>
        {option.hint && (
          <p id={`${id}-hint`} className="text-base text-ink-soft">
            {option.hint}
          </p>
        )}
      </div>
    </div>
  );
}

function asText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
