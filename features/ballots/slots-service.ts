/** Places of the roll for new keys. They are random, so that the order of voters is not on the ledger. */
import { randomInt } from "node:crypto";
import type { Database } from "@/lib/db";
import { ConflictError } from "@/lib/errors";

/** How many places are drawn at once: with nine of ten taken, one draw in a thousand finds none free. */
const DRAWN = 64;

/**
 * A place of the roll that nobody has. Looks some places up, never all of them: a voter costs the same however many
 * have voted.
 * @throws ConflictError `roll_full`
 */
export async function freeSlot(
  tx: Database,
  municipality: string,
  round: string,
  rollSize: number,
): Promise<number> {
  const drawn = Array.from({ length: DRAWN }, () => randomInt(1, rollSize + 1));
  // A scalar subquery is looked up in the index, place by place, until the first that is free.
  const [free] = await tx.$queryRaw<{ slot: number }[]>`
    SELECT drawn.slot FROM unnest(${drawn}::int[]) WITH ORDINALITY AS drawn (slot, place)
    WHERE (SELECT 1 FROM public."VoterKey" AS key
           WHERE key.municipality = ${municipality} AND key.round = ${round} AND key.slot = drawn.slot) IS NULL
    LIMIT 1`;
  if (free) return free.slot;
  // A roll that is nearly full: the first gap from a random place on, then from the first.
  for (const from of [randomInt(1, rollSize + 1), 1]) {
    const [gap] = await tx.$queryRaw<{ slot: number }[]>`
      SELECT place.slot FROM generate_series(${from}::int, ${rollSize}::int) AS place (slot)
      WHERE (SELECT 1 FROM public."VoterKey" AS key
             WHERE key.municipality = ${municipality} AND key.round = ${round} AND key.slot = place.slot) IS NULL
      LIMIT 1`;
    if (gap) return gap.slot;
  }
  throw new ConflictError("roll_full");
}
