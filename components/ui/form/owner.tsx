"use client";

import { createContext, type ReactNode, useContext, useEffect } from "react";
import type { FormState } from "@/lib/action-client";
import { removeDraftsOfOthers } from "./draft";

/** Whose forms these are, and the form that was sent before they had to sign in again. */
export type FormOwner = {
  /** Stands for the person and says nothing of them; undefined where nobody has signed in. */
  owner?: string;
  kept?: { form: string; state: NonNullable<FormState> };
};

const Owner = createContext<FormOwner>({});

export function useFormOwner(): FormOwner {
  return useContext(Owner);
}

/** Around every form of a page. Whoever signs in finds nothing that somebody else typed, nor does anybody after signing out. */
export function FormOwnerProvider({ owner, kept, children }: FormOwner & { children: ReactNode }) {
  useEffect(() => {
    if (owner) removeDraftsOfOthers(owner);
    const leaving = ({ target }: SubmitEvent) => {
      if (
        target instanceof HTMLFormElement &&
        new URL(target.action, location.href).pathname === "/api/sign-out"
      )
        removeDraftsOfOthers(undefined);
    };
    document.addEventListener("submit", leaving, { capture: true });
    return () => document.removeEventListener("submit", leaving, { capture: true });
  }, [owner]);
  return <Owner value={{ ...(owner && { owner }), ...(kept && { kept }) }}>{children}</Owner>;
}
