"use client";

import { usePathname, useSelectedLayoutSegment } from "next/navigation";
import { type FormEvent, type ReactNode, useState } from "react";

/** What came of a form sent without scripts, on the page it was sent from. */
type Before = {
  path: string;
  done?: true;
  failure?: string;
  /** The fields with what was typed. */
  fields: ReactNode;
};

type Props = {
  /** Where the form is sent. */
  action: string;
  language: string;
  before?: Before;
  /** All that is shown is drawn by the server: every page has this form, and few send it. */
  fields: ReactNode;
  thanks: ReactNode;
  failureIcon: ReactNode;
  /** Said where nobody knows what went wrong. */
  unknownFailure: string;
};

/** Pages that are work, not information. */
const withoutFeedback: readonly (string | null)[] = ["office", "sign"];

/** Where there is a form, what is around it. */
export function FeedbackPlace({ children }: { children: ReactNode }) {
  return withoutFeedback.includes(useSelectedLayoutSegment()) ? null : children;
}

export function FeedbackForm(props: Props) {
  const path = usePathname();
  // The layout stays while pages change: what was said of one page is not said of the next.
  return <Form key={path} path={path} {...props} />;
}

function Form({
  path,
  action,
  language,
  before,
  fields,
  thanks,
  failureIcon,
  unknownFailure,
}: Props & { path: string }) {
  const here = before?.path === path ? before : undefined;
  const [sending, setSending] = useState(false);
  const [done, setDone] = useState(here?.done ?? false);
  const [failure, setFailure] = useState(here?.failure);

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    const outcome = await sent(event.currentTarget);
    setSending(false);
    setDone(outcome === true);
    setFailure(outcome === true ? undefined : (outcome ?? unknownFailure));
  };

  return (
    <>
      <div role="status">{done && thanks}</div>
      {!done && (
        <form
          action={action}
          method="post"
          onSubmit={send}
          aria-busy={sending}
          className="group/feedback space-y-5 pt-3"
        >
          <input type="hidden" name="path" value={path} />
          <input type="hidden" name="language" value={language} />
          {here?.fields ?? fields}
          <div role="alert">
            {failure && (
              <p className="flex gap-2 font-semibold text-base text-danger">
                {failureIcon}
                {failure}
              </p>
            )}
          </div>
        </form>
      )}
    </>
  );
}

/** True where it was kept; otherwise the sentence that says why not, or undefined where nobody knows. */
async function sent(form: HTMLFormElement): Promise<true | string | undefined> {
  try {
    const response = await fetch(form.action, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new FormData(form),
    });
    const answer: { done?: true; sentence?: string } = await response.json();
    return answer.done ?? answer.sentence;
  } catch {
    return undefined;
  }
}
