import { useParams } from "next/navigation";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { FormState } from "@/lib/action-client";
import { usePathname } from "@/lib/language/navigation";
import { type Draft, draftKey, entriesOf, putBack, readDraft, removeDraft, writeDraft } from "./draft";
import { useFormOwner } from "./owner";
import type { Sending } from "./use-action";

/** Before hydration there is no form to put anything into. */
const useBrowserLayoutEffect = typeof document === "undefined" ? useEffect : useLayoutEffect;

export type FormDraft = {
  /** What was put back that nobody had sent; `offered` where another content was saved meanwhile. */
  found: "restored" | "offered" | undefined;
  putBack: () => void;
  discard: () => void;
};

/** Keeps what is typed into a form until the form has been taken; see `draft.ts`. */
export function useFormDraft(
  form: RefObject<HTMLFormElement | null>,
  id: string,
): FormDraft & { sending: Sending } {
  const { owner } = useFormOwner();
  const pathname = usePathname();
  const { locale: _, ...params } = useParams();
  const key = owner && draftKey(owner, `${pathname} ${JSON.stringify(params)}`, id);
  const drawn = useRef("");
  const command = useRef<string>(undefined);
  const isDone = useRef(false);
  const [found, setFound] = useState<FormDraft["found"]>();

  const keep = useCallback(
    (element: HTMLFormElement | null) => {
      if (!element || !key || isDone.current) return;
      const entries = entriesOf(element);
      if (JSON.stringify(entries) === drawn.current && !command.current) return removeDraft(key);
      const revision = revisionOf(element);
      const before = readDraft(key);
      // A map or a box may be touched and nothing changed: what is saved stays saved.
      const saved = before?.saved && JSON.stringify(before.entries) === JSON.stringify(entries);
      if (saved) return;
      writeDraft(key, {
        entries,
        ...(command.current && { command: command.current }),
        ...(revision !== undefined && { revision }),
      });
    },
    [key],
  );

  useBrowserLayoutEffect(() => {
    const element = form.current;
    if (!element || !key) return;
    element.dataset.draft = key;
    drawn.current = JSON.stringify(entriesOf(element, true));
    const draft = readDraft(key);
    if (draft) setFound(takeUp(element, key, draft, drawn.current));
    command.current = draft?.command;
    const keepNow = () => keep(element);
    element.addEventListener("input", keepNow);
    element.addEventListener("change", keepNow);
    window.addEventListener("pagehide", keepNow);
    return () => {
      // A place pointed to on the map changes the form without an event of its own.
      keepNow();
      element.removeEventListener("input", keepNow);
      element.removeEventListener("change", keepNow);
      window.removeEventListener("pagehide", keepNow);
    };
  }, [form, key, keep]);

  const sending: Sending = {
    command: () => command.current,
    before: (sent) => {
      command.current = sent;
      keep(form.current);
    },
    after: (state: FormState, isLost) => {
      if (isLost) return;
      command.current = undefined;
      const isTaken = state?.done !== undefined || state?.goTo !== undefined;
      if (!isTaken) return keep(form.current);
      if (key) removeDraft(key);
      setFound(undefined);
      isDone.current = state?.goTo !== undefined;
      // What the form says now is what was taken; a form that is emptied says nothing a moment later.
      if (form.current) drawn.current = JSON.stringify(entriesOf(form.current));
    },
  };
  return {
    found,
    sending,
    putBack: () => {
      const draft = key && readDraft(key);
      if (form.current && draft) putBack(form.current, draft.entries, "all");
      setFound("restored");
    },
    discard: () => {
      isDone.current = true;
      if (key) removeDraft(key);
      location.reload();
    },
  };
}

/** Notes that a form that saves itself has saved what it says now. */
export function markSaved(form: HTMLFormElement, revision: string): void {
  const key = form.dataset.draft;
  if (key) writeDraft(key, { entries: entriesOf(form), revision: Number(revision), saved: true });
}

/** The latest saving from this tab, where the page was drawn before it; and whether something is still unsaved. */
export function savedBefore(form: HTMLFormElement): { revision: number | undefined; isUnsaved: boolean } {
  const draft = form.dataset.draft === undefined ? undefined : readDraft(form.dataset.draft);
  return { revision: draft?.revision, isUnsaved: draft !== undefined && !draft.saved };
}

function takeUp(form: HTMLFormElement, key: string, draft: Draft, drawn: string): FormDraft["found"] {
  const revision = revisionOf(form);
  const isSame = JSON.stringify(draft.entries) === drawn;
  const isOlder = revision !== undefined && draft.revision !== undefined && draft.revision < revision;
  if (
    (isSame && !draft.command) ||
    (draft.saved && draft.revision === revision) ||
    (draft.saved && isOlder)
  ) {
    removeDraft(key);
    return undefined;
  }
  // Somebody saved other words meanwhile: putting these back would write over them.
  if (isOlder) return "offered";
  putBack(form, draft.entries, "untouched");
  return draft.saved || isSame ? undefined : "restored";
}

function revisionOf(form: HTMLFormElement): number | undefined {
  const field = form.elements.namedItem("revision");
  return field instanceof HTMLInputElement ? Number(field.value) : undefined;
}
