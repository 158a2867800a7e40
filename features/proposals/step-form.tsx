"use client";

import { useLocale, useTranslations } from "next-intl";
import { useRef } from "react";
import { ActionForm, useActionForm } from "@/components/ui/action-form";
import type { FieldState } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { MoneyField, type Option } from "@/components/ui/inputs";
import { timePhrases } from "@/lib/phrases";
import { autosaveStep, saveStep } from "./actions";
import { AnswerField } from "./answer-field";
import { questionsOf, type Step } from "./dossier";
import { type PlaceChoices, PlaceFields } from "./place-fields";
import { SubjectFields } from "./subject-fields";
import { type Autosave, useAutosave } from "./use-autosave";

/** One screen of the dossier. Saved as it is typed, and by its button where there is no JavaScript. */
export function StepForm({
  draft,
  step,
  revision,
  initial,
  place,
  subjects,
  subjectKinds,
  costHint,
}: {
  draft: string;
  step: Step;
  revision: number;
  initial: Record<string, string>;
  place: PlaceChoices;
  subjects: readonly Option[];
  subjectKinds: readonly string[];
  costHint: string;
}) {
  const t = useTranslations("propose");
  const words = useTranslations("dossier");
  const frame = useRef<HTMLDivElement>(null);
  const control = useActionForm<Record<string, string>>(saveStep, {
    id: `step-${step}`,
    defaultValue: initial,
  });
  const saving = useAutosave(frame, autosaveStep, revision);
  const field = (name: string): FieldState =>
    (control.fields as Record<string, FieldState>)[name] ?? { id: `step-${step}-${name}`, name };
  const questions = questionsOf(step);
  const labels = {
    ...Object.fromEntries(questions.map(({ id }) => [id, words(`${id as "title"}.label`)])),
    ...{ name: t("place.name"), description: t("place.description"), address: t("place.address") },
    ...{ lat: t("place.position"), lon: t("place.position") },
    ...{ subjectName: t("subject.name"), fiscalCode: t("subject.fiscalCode"), email: t("subject.email") },
    cost: t("cost.label"),
  };
  return (
    <div ref={frame}>
      <ActionForm control={control} labels={labels} submitLabel={t("saveAndGo")} submitIcon="arrow-right">
        <input type="hidden" name="draft" value={draft} />
        <input type="hidden" name="step" value={step} />
        <input type="hidden" name="revision" value={saving.revision} />
        {questions.map((question) => (
          <AnswerField key={question.id} question={question} field={field(question.id)} />
        ))}
        {step === "where" && <PlaceFields field={field} choices={place} />}
        {step === "who" && <SubjectFields field={field} known={subjects} kinds={subjectKinds} />}
        {step === "what" && <MoneyField field={field("cost")} label={t("cost.label")} hint={costHint} />}
        <AutosaveNote autosave={saving.autosave} />
      </ActionForm>
    </div>
  );
}

function AutosaveNote({ autosave }: { autosave: Autosave }) {
  const t = useTranslations("propose");
  const locale = useLocale();
  // What is saved is shown and not said aloud at every pause; what is not saved is said.
  if (autosave.state === "failed")
    return (
      <p role="alert" className="flex gap-2 font-semibold text-base text-danger">
        <span className="pt-0.5">
          <Icon name="alert" />
        </span>
        <span>
          {t("notSaved")}
          {autosave.reason && `: ${autosave.reason}`}
        </span>
      </p>
    );
  const time = autosave.state === "saved" && timePhrases("time", autosave.at, locale);
  return (
    <p className="flex gap-2 text-base text-ink-soft">
      <span className="pt-0.5">
        <Icon name={autosave.state === "saved" ? "check-circle" : "info"} />
      </span>
      {time ? t("autosaved", time) : t(autosave.state === "saving" ? "autosaving" : "autosaveHint")}
    </p>
  );
}
