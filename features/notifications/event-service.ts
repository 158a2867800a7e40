/** Events of what does not come from the ledger. */
import type { Database } from "@/lib/db";
import { todayInItaly } from "@/lib/local-time";
import type { About, ChosenKind } from "./rules";

export type NewEvent = {
  /** The same for the same thing: recorded again it is told once. */
  id: string;
  municipality: string;
  kind: ChosenKind;
  /** Of its sentence in `notifications.events`. */
  name: string;
  /** `commons:ID`, `proposal:ID`, `round:ID`, `pact:ID`, `district:N`: who subscribes to one of them is told. */
  subjects: string[];
  about: About;
  /** What its sentence names: texts and numbers, no person. */
  facts?: Record<string, string | number>;
  /** Who did it, and need not be told. */
  actor?: string;
};

/** Records an event within the transaction of what happened; the worker tells it to those who subscribe to its subjects. */
export async function recordEvent(
  tx: Pick<Database, "event">,
  { facts = {}, ...event }: NewEvent,
): Promise<void> {
  await tx.event.createMany({
    data: [{ ...event, facts, day: todayInItaly() }],
    skipDuplicates: true,
  });
}
