/** What is kept of every change to a house: which kind, what was before, who made it and when. */
import type { Prisma } from "@/generated/prisma/client";
import { brokenUniqueIndex, type Database, db } from "@/lib/db";
import { ConflictError } from "@/lib/errors";

/** `added`, `place` and `removed` are of its name, address and position; the others of its page. */
export type HouseChangeKind =
  | ("added" | "place" | "removed")
  | ("page" | "person_added" | "person_removed" | "event_added" | "event_cancelled");

export type HouseChange = { house: string; kind: HouseChangeKind; before?: Prisma.InputJsonObject };

/**
 * Changes a house and notes it, in one transaction; nothing is noted where the change was made before.
 * @throws ConflictError where somebody else changed it in the same moment
 */
export async function withHouseChange(
  { municipality, by }: { municipality: string; by: string },
  change: (tx: Database) => Promise<HouseChange | undefined>,
): Promise<void> {
  try {
    await db.$transaction(async (tx) => {
      const changed = await change(tx);
      if (!changed) return;
      const { house, ...made } = changed;
      const { _max } = await tx.houseChange.aggregate({
        where: { municipality, house },
        _max: { number: true },
      });
      await tx.houseChange.create({
        data: { municipality, house, by, number: (_max.number ?? 0) + 1, ...made },
      });
    });
  } catch (error) {
    // Two changes at once took the same number.
    if (brokenUniqueIndex(error)) throw new ConflictError("house_changed_meanwhile");
    throw error;
  }
}

/**
 * @param seen number of the last change of this kind that the form showed
 * @throws ConflictError where there is a later one
 */
export async function requireSeen(
  tx: Database,
  of: { municipality: string; house: string; kind: "page" | "place" },
  seen: number,
): Promise<void> {
  if ((await lastChange(tx, of)) !== seen) throw new ConflictError("house_changed_meanwhile");
}

/** The number of the last change of one kind, 0 where there was none. */
export async function lastChange(
  tx: Database,
  { municipality, house, kind }: { municipality: string; house: string; kind: "page" | "place" },
): Promise<number> {
  const last = await tx.houseChange.findFirst({
    where: { municipality, house, kind },
    orderBy: { number: "desc" },
    select: { number: true },
  });
  return last?.number ?? 0;
}
