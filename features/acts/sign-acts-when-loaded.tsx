"use client";

import { lazy, Suspense } from "react";
import type { SignActsProps } from "./sign-acts";

/** The server has written the words already: what makes them again here, and signs, is a third of the page's scripts. */
const SignActs = lazy(async () => {
  const { SignActs } = await import("./sign-acts");
  return { default: SignActs };
});

export function SignActsWhenLoaded(props: SignActsProps) {
  return (
    <Suspense>
      <SignActs {...props} />
    </Suspense>
  );
}
