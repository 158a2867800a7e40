"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { formatFileSize } from "@/lib/format";
import { controlAttributes, controlClass, Field, type FieldState, type FieldTexts } from "./field";

/** A file, with what is accepted said beforehand. `accept` only helps to choose: the server looks at the bytes. */
export function FileField({
  field,
  label,
  hint,
  optional,
  accept,
  types,
  maxBytes,
  multiple,
  camera,
}: FieldTexts & {
  field: FieldState;
  accept: string;
  /** As people call them: `PDF, JPEG`. */
  types: string;
  maxBytes: number;
  multiple?: boolean;
  /** Opens the camera of a telephone; a second field beside one that lets choose. Elsewhere it is left out. */
  camera?: boolean;
}) {
  const t = useTranslations("ui.file");
  const locale = useLocale();
  const [tooLarge, setTooLarge] = useState(false);
  const size = formatFileSize(maxBytes, locale);
  const shown = tooLarge ? { ...field, errors: [t("tooLarge", { size })] } : field;
  const limits = t("limits", { types, size });
  const text = hint ? (
    <>
      {hint} {limits}
    </>
  ) : (
    limits
  );
  const input = (
    <Field field={shown} label={label} hint={text} optional={optional}>
      <input
        type="file"
        capture={camera ? "environment" : undefined}
        accept={accept}
        multiple={multiple}
        // What is too large is not sent at all: see `ActionForm`.
        data-too-large={tooLarge || undefined}
        onChange={({ currentTarget: { files } }) =>
          setTooLarge([...(files ?? [])].some((file) => file.size > maxBytes))
        }
        {...controlAttributes(shown, { label, hint: text, optional })}
        className={`${controlClass} file:mr-3 file:min-h-9 file:rounded-smooth file:border-2 file:border-primary file:bg-surface file:px-3 file:font-semibold file:text-link`}
      />
    </Field>
  );
  return camera ? <div className="pointer-fine:hidden">{input}</div> : input;
}
