/** When an act can be signed and carried. */
import { z } from "zod";
import { MOST_DAYS_AHEAD } from "@/protocol/acts/signed-act";
import { addDays } from "@/protocol/days";

/** The last day on which an act can be carried that is prepared on a day of the ledger. */
export function lastDayOf(day: string): string {
  return addDays(day, MOST_DAYS_AHEAD);
}

/** Those that can be commands. */
export function uuidsIn(texts: readonly string[]): string[] {
  return texts.filter((text) => z.uuid().safeParse(text).success);
}

/** The keys that sign all of these acts with one gesture: a resident's signs none of an office. */
export function keysFor<Key extends { resident: boolean }>(
  acts: readonly { role: string }[],
  keys: readonly Key[],
): Key[] {
  const hasOffice = acts.some(({ role }) => role !== "resident");
  return keys.filter(({ resident }) => !(hasOffice && resident));
}
