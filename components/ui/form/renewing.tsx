"use client";

import { createContext, Fragment, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import type { FormState } from "@/lib/action-client";

type Renewal = {
  /** That the form before this one was taken. */
  state?: FormState;
  taken: (done: string) => void;
};

const Renewed = createContext<Renewal | undefined>(undefined);

export function useRenewal(): Renewal | undefined {
  return useContext(Renewed);
}

/**
 * Around one form, which is made anew when what it changes has another `revision`: it then shows what is saved, and what it
 * was answered stays. React gives the answer of a form posted without JavaScript only to a form of the same key, so that
 * the first one has the same key on every page, unlike with `key={revision}`.
 */
export function Renewing({ revision, children }: { revision: number; children: ReactNode }) {
  const [drawn, setDrawn] = useState<{ revision: number; before?: number }>({ revision });
  const [said, setSaid] = useState<{ by: number; state: FormState }>();
  if (drawn.revision !== revision) setDrawn({ revision, before: drawn.revision });
  const taken = useCallback(
    (done: string) => setSaid({ by: revision, state: { submission: { status: "success" }, done } }),
    [revision],
  );
  // Where somebody else has changed it since, the sentence is of an earlier form.
  const state = said && said.by === drawn.before ? said.state : undefined;
  const renewal = useMemo(() => ({ taken, ...(state && { state }) }), [taken, state]);
  return (
    <Renewed value={renewal}>
      <Fragment key={drawn.before === undefined ? "first" : drawn.revision}>{children}</Fragment>
    </Renewed>
  );
}
