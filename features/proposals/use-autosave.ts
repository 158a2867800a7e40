"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { markSaved, savedBefore } from "@/components/ui/form/use-form-draft";
import type { FormState } from "@/lib/action-client";

const PAUSE_MS = 1200;

export type Autosave =
  | { state: "idle" }
  | { state: "saving" }
  | { state: "saved"; at: Date }
  | { state: "failed"; reason: string | undefined };

/**
 * Saves the form inside `frame` while it is typed, one saving at a time. Each saving starts from the number of the
 * one before, which the form carries in a hidden field; a submission waits for the saving under way, so that it
 * starts from the right one.
 */
export function useAutosave(
  frame: RefObject<HTMLElement | null>,
  action: (state: FormState, form: FormData) => Promise<FormState>,
  drawnFrom: number,
): { autosave: Autosave; revision: string } {
  const [revision, setRevision] = useState(String(drawnFrom));
  const [status, setStatus] = useState<Autosave>({ state: "idle" });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<Promise<void>>(undefined);
  const kept = useRef<string>(undefined);

  const save = useCallback(async () => {
    const form = frame.current?.querySelector("form");
    if (!form) return;
    const data = new FormData(form);
    const content = contentOf(data);
    if (content === kept.current) return;
    setStatus({ state: "saving" });
    const answer = await action(undefined, data).catch((): FormState => undefined);
    const saved = answer?.values?.revision;
    if (saved === undefined) {
      const errors = Object.values(answer?.submission.error ?? {}).flatMap((texts) => texts ?? []);
      setStatus({ state: "failed", reason: answer?.failure ?? errors[0] });
      return;
    }
    kept.current = content;
    // At once: a submission that waited for this saving sends the form as it stands now.
    flushSync(() => {
      setRevision(saved);
      setStatus({ state: "saved", at: new Date() });
    });
    if (contentOf(new FormData(form)) === content) markSaved(form, saved);
  }, [frame, action]);

  const saveNow = useCallback(async () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    while (running.current) await running.current;
    running.current = save().finally(() => {
      running.current = undefined;
    });
    await running.current;
  }, [save]);

  useEffect(() => {
    const element = frame.current;
    const form = element?.querySelector("form");
    if (!element || !form) return;
    const before = savedBefore(form);
    // A page that the browser kept was drawn before the latest saving from this tab.
    if (before.revision !== undefined && before.revision > drawnFrom) setRevision(String(before.revision));
    kept.current ??= before.isUnsaved ? "" : contentOf(new FormData(form));
    const later = () => {
      clearTimeout(timer.current);
      timer.current = setTimeout(saveNow, PAUSE_MS);
    };
    const leaving = () => {
      if (document.visibilityState === "hidden" && timer.current) void saveNow();
    };
    const submitting = (event: SubmitEvent) => {
      clearTimeout(timer.current);
      timer.current = undefined;
      if (!running.current) return;
      event.preventDefault();
      event.stopPropagation();
      const { submitter } = event;
      void running.current.finally(() => form.requestSubmit(submitter));
    };
    if (before.isUnsaved) later();
    // Whoever follows a link within the pause has it saved all the same: asked for before the page is left.
    const following = ({ target }: MouseEvent) => {
      if (timer.current && target instanceof Element && target.closest("a")) void saveNow();
    };
    document.addEventListener("click", following, { capture: true });
    element.addEventListener("input", later);
    // A place that is pointed to on the map changes the form without typing.
    element.addEventListener("click", later);
    document.addEventListener("visibilitychange", leaving);
    element.addEventListener("submit", submitting, { capture: true });
    return () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      element.removeEventListener("input", later);
      element.removeEventListener("click", later);
      document.removeEventListener("visibilitychange", leaving);
      document.removeEventListener("click", following, { capture: true });
      element.removeEventListener("submit", submitting, { capture: true });
    };
  }, [frame, saveNow, drawnFrom]);

  return { autosave: status, revision };
}

/** What the person has written, without what the form carries along. */
function contentOf(data: FormData): string {
  return [...data]
    .filter(([name]) => name !== "revision" && !name.startsWith("$"))
    .map(([name, value]) => `${name}=${typeof value === "string" ? value : value.name}`)
    .join("\n");
}
