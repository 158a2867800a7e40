"use client";

import { type DefaultValue, useForm } from "@conform-to/react";
import { useTranslations } from "next-intl";
import { type ReactNode, type RefObject, startTransition, useEffect, useMemo, useRef, useState } from "react";
import type { FormState } from "@/lib/action-client";
import { Button } from "./button";
import type { ButtonLook } from "./button-class";
import type { FieldState } from "./field";
import { FoundDraft, Lost, SignInAgain, Slow } from "./form/notices";
import { useFormOwner } from "./form/owner";
import { useRenewal } from "./form/renewing";
import { useAction } from "./form/use-action";
import { useFormDraft } from "./form/use-form-draft";
import type { IconName } from "./icon";
import { Notice } from "./notice";
import { SignInAnew } from "./sign-in-anew";

/**
 * The state of one form that posts to a `formAction`, before JavaScript and with it. `Values` is the schema's
 * input: `z.input<typeof schema>`, imported as a type so that the schema stays on the server.
 */
export function useActionForm<Values extends Record<string, unknown>>(
  action: (state: FormState, form: FormData) => Promise<FormState>,
  options: { id: string; defaultValue?: DefaultValue<Values> },
) {
  const element: RefObject<HTMLFormElement | null> = useRef(null);
  const { kept } = useFormOwner();
  const { sending, ...draft } = useFormDraft(element, options.id);
  const renewal = useRenewal();
  const sent = useAction(action, {
    ...sending,
    after: (answer, isLost) => {
      sending.after?.(answer, isLost);
      if (answer?.done) renewal?.taken(answer.done);
    },
  });
  const state = sent.state ?? renewal?.state ?? (kept?.form === options.id ? kept.state : undefined);
  const [form, fields] = useForm<Values>({
    id: options.id,
    lastResult: state?.submission,
    ...(options.defaultValue && { defaultValue: options.defaultValue }),
    // Native checks speak the browser's language and stop before ours: the server says what is wrong.
    defaultNoValidate: true,
    shouldRevalidate: "onSubmit",
  });
  const changed = useChanged(element, state);
  const shown = useMemo(() => withoutErrorsOf(fields, changed), [fields, changed]);
  return { ...sent, form, fields: shown, state, draft, element };
}

/**
 * Names of the fields that were changed since the last answer. What it said of them is about what stood there before: it
 * goes, and the next sending says whether it is right now.
 */
function useChanged(element: RefObject<HTMLFormElement | null>, state: FormState): ReadonlySet<string> {
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    setChanged(new Set());
    const form = element.current;
    if (!state || !form) return;
    const note = ({ target }: Event) => {
      const name = (target as { name?: string } | null)?.name;
      // Rendered at once, a field that its component controls would be set back before its own handler is called.
      if (name)
        startTransition(() =>
          setChanged((before) => (before.has(name) ? before : new Set([...before, name]))),
        );
    };
    for (const event of ["input", "change"]) form.addEventListener(event, note);
    return () => {
      for (const event of ["input", "change"]) form.removeEventListener(event, note);
    };
  }, [element, state]);
  return changed;
}

/** The library's fields read themselves when they are asked: they are looked through and not copied. */
function withoutErrorsOf<Fields extends object>(fields: Fields, changed: ReadonlySet<string>): Fields {
  if (changed.size === 0) return fields;
  return new Proxy(fields, {
    get(target, name) {
      const field: unknown = Reflect.get(target, name);
      if (typeof name !== "string" || !changed.has(name) || typeof field !== "object" || field === null)
        return field;
      return new Proxy(field, {
        get: (one, part) => (part === "errors" ? undefined : Reflect.get(one, part)),
      });
    },
  });
}

type FieldMap = Record<string, FieldState>;

/**
 * Frame of a form: what went wrong gathered at the top with links, what has happened, the fields, the button.
 * `labels` names the fields in the summary.
 */
export function ActionForm<Values extends Record<string, unknown>>({
  control,
  labels,
  submitLabel,
  submitIcon,
  look,
  print,
  children,
}: {
  control: ReturnType<typeof useActionForm<Values>>;
  labels: Partial<Record<keyof Values & string, ReactNode>>;
  submitLabel: ReactNode;
  submitIcon?: IconName;
  look?: ButtonLook;
  /** Where what is typed is posted for a file to print, in a window of its own. */
  print?: { href: string; label: string };
  children: ReactNode;
}) {
  const { form, fields, state, submit, pending, draft } = control;
  const { owner } = useFormOwner();
  const message = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state) message.current?.focus();
  }, [state]);
  return (
    <form
      ref={control.element}
      id={form.id}
      action={submit}
      onSubmit={(event) => {
        const { submitter } = event.nativeEvent as SubmitEvent;
        // The browser posts it by itself: the form stays as it is.
        if (submitter?.hasAttribute("data-print")) return;
        const tooLarge = event.currentTarget.querySelector<HTMLInputElement>("input[data-too-large]");
        tooLarge?.focus();
        if (pending || tooLarge) event.preventDefault();
        control.onSubmit(event);
      }}
      // React empties a form once its action has answered: what was typed would be lost with an error.
      onReset={(event) => event.preventDefault()}
      noValidate
      className="max-w-form space-y-6"
    >
      {/* Focus goes here with each answer; `autofocus` does the same where the page was loaded anew. */}
      <div ref={message} tabIndex={-1} {...(state && { autoFocus: true, "data-answered": true })}>
        <Summary
          fields={fields as unknown as FieldMap}
          labels={labels}
          failure={state?.failure}
          formErrors={form.errors}
        />
        {state?.code === "not_signed_in" && <SignInAgain />}
        {state?.lost && <Lost {...state.lost} />}
        {state?.restored && <Notice tone="info" live="status" title={state.restored} />}
        {state?.code === "sign_in_again" && <SignInAnew />}
        {state?.done && <Notice tone="success" live="status" title={state.done} />}
      </div>
      <FoundDraft draft={draft} form={control.element} />
      {/* Whose form it is and which: where the session is over, it is found again after signing in. */}
      <input type="hidden" name="form-id" value={form.id} />
      {owner && <input type="hidden" name="form-owner" value={owner} />}
      {children}
      {print ? (
        <div className="flex flex-wrap gap-3">
          <Button
            type="submit"
            look="secondary"
            icon="printer"
            formAction={print.href}
            formMethod="post"
            formEncType="multipart/form-data"
            formTarget="_blank"
            data-print=""
          >
            {print.label}
          </Button>
          <SendButton {...{ look, submitIcon, pending, submitLabel }} />
        </div>
      ) : (
        <SendButton {...{ look, submitIcon, pending, submitLabel }} />
      )}
      <Slow isSlow={control.isSlow} />
    </form>
  );
}

function SendButton({
  look,
  submitIcon,
  pending,
  submitLabel,
}: {
  look: ButtonLook | undefined;
  submitIcon: IconName | undefined;
  pending: boolean;
  submitLabel: ReactNode;
}) {
  const t = useTranslations("ui.form");
  return (
    <Button type="submit" look={look} icon={submitIcon} aria-disabled={pending}>
      {pending ? t("sending") : submitLabel}
    </Button>
  );
}

function Summary({
  fields,
  labels,
  failure,
  formErrors,
}: {
  fields: FieldMap;
  labels: Partial<Record<string, ReactNode>>;
  failure: string | undefined;
  formErrors: string[] | undefined;
}) {
  const t = useTranslations("ui.form");
  const wrong = Object.keys(labels)
    .map((name) => ({ name, field: fields[name] }))
    .filter((entry): entry is { name: string; field: FieldState } => !!entry.field?.errors?.length);
  const general = [failure, ...(formErrors ?? [])].filter((text) => text !== undefined);
  if (wrong.length === 0 && general.length === 0) return null;
  return (
    <Notice tone="danger" live="alert" title={t("summary", { count: wrong.length + general.length })}>
      {general.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {wrong.length > 0 && (
        <ul className="list-disc space-y-1 pl-5">
          {wrong.map(({ name, field }) => (
            <li key={name}>
              <a href={`#${field.id}`} className="underline underline-offset-4">
                {labels[name]}
              </a>
              : {field.errors?.join(" ")}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
