/** Who is in office on a day, and whose key signs. Days are the chain's, `YYYY-MM-DD`. */
import type { RecordOf } from "./records";

/** Whether an office is held on a day: confirmed, within its days, and not suspended; a suspension lapses by itself. */
export function isHeldOn(
  { state, from, until, suspension }: Pick<RecordOf<"office">, "state" | "from" | "until" | "suspension">,
  day: string,
): boolean {
  if (day < from || (until !== undefined && day > until)) return false;
  return state === "held" || (state === "suspended" && suspension !== undefined && day > suspension.until);
}

/** Whether a key signs on a day. */
export function countsOn(
  { state, countsFrom }: Pick<RecordOf<"passkey">, "state" | "countsFrom">,
  day: string,
): boolean {
  return state === "counting" && countsFrom !== undefined && day >= countsFrom;
}
