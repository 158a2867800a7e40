import { useRouter } from "next/navigation";
import { useActionState, useEffect } from "react";
import type { FormState } from "@/lib/action-client";

/** An action's state, and the way to where it leads: with JavaScript the browser goes there itself. */
export function useAction(action: (state: FormState, form: FormData) => Promise<FormState>) {
  const [state, submit, pending] = useActionState(action, undefined);
  const router = useRouter();
  const goTo = state?.goTo;
  useEffect(() => {
    if (goTo) router.push(goTo);
  }, [goTo, router]);
  return { state, submit, pending: pending || goTo !== undefined };
}
