import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useActionState, useEffect, useRef, useState, useTransition } from "react";
import type { FormState } from "@/lib/action-client";
import { lossOf } from "./lost-answer";

const patienceMilliseconds = 20_000;

type Action = (state: FormState, form: FormData) => Promise<FormState>;

/** What a form does around a sending: before it leaves, and when it is known what came of it. */
export type Sending = {
  /** The command under which it left before without an answer. */
  command?: () => string | undefined;
  before?: (command: string | undefined) => void;
  after?: (state: FormState, isLost: boolean) => void;
};

/**
 * Sends a form to its action, before JavaScript and with it. An answer that does not come is an answer too: the page
 * stays, with all that was typed, and what is sent again goes under the same command, so that it is recorded once.
 * Where an action leads elsewhere the browser goes there itself.
 */
export function useAction(action: Action, sending: Sending = {}) {
  const t = useTranslations("ui.form");
  const router = useRouter();
  // What a form posted without JavaScript was answered.
  const [posted, submit] = useActionState(action, undefined);
  const [answer, setAnswer] = useState<FormState>();
  const [isPending, startTransition] = useTransition();
  const [isSlow, setSlow] = useState(false);
  const isSending = useRef(false);
  const command = useRef<string>(undefined);

  const send = (form: FormData) => {
    if (isSending.current) return;
    isSending.current = true;
    command.current ??= sending.command?.() ?? textOf(form, "command");
    if (command.current) form.set("command", command.current);
    sending.before?.(command.current);
    const wasOnline = navigator.onLine;
    startTransition(async () => {
      let next: FormState;
      let isLost = false;
      try {
        next = await action(undefined, form);
      } catch (error) {
        isLost = true;
        const { kind, ...values } = lossOf(error, wasOnline);
        next = {
          submission: { status: "error", error: {} },
          lost: { title: t(`lost.${kind}.title`), text: t(`lost.${kind}.text`, values) },
        };
      } finally {
        isSending.current = false;
      }
      // A refusal recorded nothing; where the command was used up, the next sending is another one.
      if (!isLost) command.current = next?.code === "command_reused" ? crypto.randomUUID() : undefined;
      sending.after?.(next, isLost);
      // Not left to an effect: where the action has set a cookie the page is drawn anew, and this form may be gone from it.
      if (next?.goTo) router.push(next.goTo);
      startTransition(() => setAnswer(next));
    });
  };

  const state = answer ?? posted;
  const postedGoTo = posted?.goTo;
  useEffect(() => {
    if (postedGoTo) router.push(postedGoTo);
  }, [postedGoTo, router]);
  const pending = isPending || state?.goTo !== undefined;
  useEffect(() => {
    setSlow(false);
    if (!pending) return;
    const timer = setTimeout(() => setSlow(true), patienceMilliseconds);
    return () => clearTimeout(timer);
  }, [pending]);

  /** For `onSubmit`: with JavaScript the form is sent from here, and React does not empty it afterwards. */
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const form = new FormData(event.currentTarget, submitter);
    for (const name of [...form.keys()]) if (name.startsWith("$ACTION")) form.delete(name);
    send(form);
  };
  return { state, submit, onSubmit, pending, isSlow };
}

function textOf(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === "string" && value !== "" ? value : undefined;
}
