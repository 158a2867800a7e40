import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { Icon } from "./icon";

/** What a control needs of its field, as @conform-to gives it. */
export type FieldState = { id: string; name: string; errors?: string[] | undefined; initialValue?: unknown };

export type FieldTexts = {
  label: ReactNode;
  hint?: ReactNode;
  /** Says «facoltativo» beside the label: what is not marked is needed. */
  optional?: boolean;
};

export const controlClass =
  "block min-h-11 w-full rounded-smooth border-2 border-control bg-surface px-3 py-2 text-ink aria-[invalid]:border-danger";

/** Ids of hint and error, for `aria-describedby`; undefined when there is neither. */
export function describedBy(field: FieldState, hint: ReactNode): string | undefined {
  const ids = [hint ? `${field.id}-hint` : "", field.errors?.length ? `${field.id}-error` : ""].filter(
    Boolean,
  );
  return ids.length > 0 ? ids.join(" ") : undefined;
}

/** Attributes shared by every single control. */
export function controlAttributes(field: FieldState, texts: FieldTexts) {
  return {
    id: field.id,
    name: field.name,
    "aria-invalid": field.errors?.length ? true : undefined,
    "aria-describedby": describedBy(field, texts.hint),
    "aria-required": texts.optional ? undefined : true,
  };
}

/** Label above, hint under it, then the control, then what is wrong with it. */
export function Field({
  field,
  label,
  hint,
  optional,
  children,
}: FieldTexts & { field: FieldState; children: ReactNode }) {
  return (
    <div className={classNames("space-y-1.5", !!field.errors?.length && "border-danger border-l-4 pl-3")}>
      <label htmlFor={field.id} className="block font-semibold">
        {label}
        {optional && <Optional />}
      </label>
      <Hint field={field} hint={hint} />
      {children}
      <FieldErrors field={field} />
    </div>
  );
}

/** The same for a group of controls: radios, checkboxes, a date in parts. */
export function FieldGroup({
  field,
  label,
  hint,
  optional,
  children,
}: FieldTexts & { field: FieldState; children: ReactNode }) {
  return (
    <fieldset
      id={field.id}
      tabIndex={-1}
      aria-describedby={describedBy(field, hint)}
      className={classNames("space-y-1.5", !!field.errors?.length && "border-danger border-l-4 pl-3")}
    >
      <legend className="font-semibold">
        {label}
        {optional && <Optional />}
      </legend>
      <Hint field={field} hint={hint} />
      {children}
      <FieldErrors field={field} />
    </fieldset>
  );
}

function Optional() {
  const t = useTranslations("ui");
  return <span className="font-normal text-ink-soft"> ({t("optional")})</span>;
}

function Hint({ field, hint }: { field: FieldState; hint: ReactNode }) {
  if (!hint) return null;
  return (
    <p id={`${field.id}-hint`} className="text-base text-ink-soft">
      {hint}
    </p>
  );
}

function FieldErrors({ field }: { field: FieldState }) {
  if (!field.errors?.length) return null;
  return (
    <p id={`${field.id}-error`} className="flex gap-2 font-semibold text-base text-danger">
      <span className="pt-0.5">
        <Icon name="alert" />
      </span>
      <span>{field.errors.join(" ")}</span>
    </p>
  );
}
