"use client";

import { lazy, type ReactNode, Suspense } from "react";
import { putDoneAway } from "./actions";

/** Few of those who load a page ever see the band that it is in: the rest need not load it. */
const ActionButton = lazy(async () => {
  const { ActionButton } = await import("@/components/ui/action-button");
  return { default: ActionButton };
});

export function PutAwayButton({ children }: { children: ReactNode }) {
  return (
    <Suspense>
      <ActionButton action={putDoneAway} fields={{}} look="plain" icon="x-circle">
        {children}
      </ActionButton>
    </Suspense>
  );
}
