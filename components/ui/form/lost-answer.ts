import { unstable_isUnrecognizedActionError, unstable_rethrow } from "next/navigation";

/**
 * Why a form that was sent has no answer: nothing left this device, the site is another version than the page, the
 * server failed and says under which id, or nobody knows.
 */
export type Loss =
  | { kind: "offline" }
  | { kind: "updated" }
  | { kind: "failed"; id: string }
  | { kind: "unknown" };

/** @throws what is no failure but Next's way of leading elsewhere */
export function lossOf(error: unknown, wasOnline: boolean): Loss {
  unstable_rethrow(error);
  if (!wasOnline) return { kind: "offline" };
  if (unstable_isUnrecognizedActionError(error)) return { kind: "updated" };
  if (error instanceof Error && "digest" in error && typeof error.digest === "string")
    return { kind: "failed", id: error.digest };
  return { kind: "unknown" };
}
