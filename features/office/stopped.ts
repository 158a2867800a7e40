/** Money that waits for an office. Pure. */
import type { StepName } from "@/features/workflow/rules";
import type { Role } from "@/protocol/primitives";
import { oldestFirst, type Waiting } from "./rules";

export type StoppedMoney = Omit<Waiting, "offices"> & { amountCents: bigint; offices: readonly Role[] };

/**
 * One entry for each milestone or payment, however many steps it waits for: its first step, and all the offices of which
 * one has to act.
 * @param officesOf roles that may take a step
 */
export function stoppedIn(
  waiting: readonly Waiting[],
  officesOf: (transaction: StepName) => readonly Role[],
): StoppedMoney[] {
  const byRecord = Map.groupBy(
    waiting.filter(({ amountCents }) => amountCents !== undefined && amountCents > 0n),
    ({ id }) => id,
  );
  return oldestFirst(
    [...byRecord.values()].flatMap(([first, ...others]) => {
      if (!first) return [];
      const offices = [first, ...others].flatMap(({ transaction }) => officesOf(transaction));
      const acting = [...new Set(offices)].filter((role) => role !== "resident");
      return [{ ...first, amountCents: first.amountCents ?? 0n, offices: acting }];
    }),
  );
}
