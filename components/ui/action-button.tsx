"use client";

import type { ReactNode } from "react";
import type { FormState } from "@/lib/action-client";
import { Button } from "./button";
import type { ButtonLook } from "./button-class";
import { Lost, SignInAgain, Slow } from "./form/notices";
import { useAction } from "./form/use-action";
import type { IconName } from "./icon";
import { Notice } from "./notice";
import { SignInAnew } from "./sign-in-anew";

/** One button that does one thing, before JavaScript and with it: a form without anything to fill in. */
export function ActionButton({
  action,
  fields,
  look = "secondary",
  icon,
  describedBy,
  children,
}: {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  /** What it is done to. */
  fields: Readonly<Record<string, string>>;
  look?: ButtonLook;
  icon?: IconName;
  /** Id of the text that says what it is about, where the button's own words do not. */
  describedBy?: string;
  children: ReactNode;
}) {
  const { state, submit, onSubmit, pending, isSlow } = useAction(action);
  return (
    <form
      action={submit}
      onSubmit={(event) => {
        if (pending) event.preventDefault();
        onSubmit(event);
      }}
      className="space-y-2"
    >
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit" look={look} icon={icon} aria-disabled={pending} aria-describedby={describedBy}>
        {children}
      </Button>
      {state?.failure && (
        <Notice tone="danger" live="alert" title={state.failure}>
          {state.code === "sign_in_again" && <SignInAnew />}
        </Notice>
      )}
      {state?.code === "not_signed_in" && <SignInAgain />}
      {state?.lost && <Lost {...state.lost} />}
      <Slow isSlow={isSlow} />
      {state?.done && <Notice tone="success" live="status" title={state.done} />}
    </form>
  );
}
