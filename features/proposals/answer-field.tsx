"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { controlAttributes, controlClass, Field, type FieldState } from "@/components/ui/field";
import type { Question } from "./dossier";

/** One question of the dossier, with how much room there still is. */
export function AnswerField({ question, field }: { question: Question; field: FieldState }) {
  const t = useTranslations("propose");
  const words = useTranslations("dossier");
  const initial = typeof field.initialValue === "string" ? field.initialValue : "";
  const [length, setLength] = useState(initial.length);
  const label = words(`${question.id as "title"}.label`);
  const hint = words(`${question.id as "title"}.hint`);
  const left = question.most - length;
  const shared = {
    ...controlAttributes(field, { label, hint, optional: !question.required }),
    defaultValue: initial,
    className: controlClass,
    onInput: (event: { currentTarget: { value: string } }) => setLength(event.currentTarget.value.length),
  };
  return (
    <Field field={field} label={label} hint={hint} optional={!question.required}>
      {question.long ? <textarea rows={5} {...shared} /> : <input type="text" {...shared} />}
      {length > question.most / 2 && (
        <p
          className={left < 0 ? "font-semibold text-base text-danger" : "text-base text-ink-soft"}
          aria-live="off"
        >
          {left < 0 ? t("charsOver", { count: -left }) : t("charsLeft", { count: left })}
        </p>
      )}
    </Field>
  );
}
