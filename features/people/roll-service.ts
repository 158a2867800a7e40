import "server-only";
import { db } from "@/lib/db";
import { fiscalNumberHash } from "@/lib/encryption";

export type RollChange = { added: number; removed: number; total: number };

/** People hashed and sent to the database at once. */
const PAGE = 5000;
/** Milliseconds a roll of a million may take. */
const LONG_ENOUGH = 600_000;

/**
 * Puts people on the voters' roll of a municipality, as keyed hashes. `replace` takes off it whoever is not among
 * them. Rounds that are frozen keep the roll they were frozen with.
 */
export async function changeRoll(
  municipality: string,
  fiscalNumbers: readonly string[],
  mode: "add" | "replace",
): Promise<RollChange> {
  const change = await db.$transaction(
    async (tx) => {
      await tx.$executeRaw`CREATE TEMPORARY TABLE given_roll (hash char(64) PRIMARY KEY) ON COMMIT DROP`;
      for (let at = 0; at < fiscalNumbers.length; at += PAGE) {
        const hashes = fiscalNumbers.slice(at, at + PAGE).map(fiscalNumberHash);
        await tx.$executeRaw`
          INSERT INTO given_roll SELECT unnest(${hashes}::text[]) ON CONFLICT DO NOTHING`;
      }
      const added = await tx.$executeRaw`
        INSERT INTO public."RollPerson" (municipality, "fiscalNumberHash")
        SELECT ${municipality}, hash FROM given_roll ORDER BY hash
        ON CONFLICT DO NOTHING`;
      if (mode === "add") return { added, removed: 0 };
      const removed = await tx.$executeRaw`
        DELETE FROM public."RollPerson" AS person
        WHERE municipality = ${municipality}
          AND NOT EXISTS (SELECT FROM given_roll WHERE hash = person."fiscalNumberHash")`;
      return { added, removed };
    },
    { timeout: LONG_ENOUGH },
  );
  return { ...change, total: await db.rollPerson.count({ where: { municipality } }) };
}
