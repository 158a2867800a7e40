import "server-only";
import { db } from "@/lib/db";
import { fiscalNumberHash } from "@/lib/encryption";

export type RollChange = { added: number; removed: number; total: number };

/**
 * Puts people on the voters' roll of a municipality, as keyed hashes. `replace` takes off it whoever is not among
 * them. Rounds that are frozen keep the roll they were frozen with.
 */
export async function changeRoll(
  municipality: string,
  fiscalNumbers: readonly string[],
  mode: "add" | "replace",
): Promise<RollChange> {
  const hashes = fiscalNumbers.map(fiscalNumberHash);
  // One statement each, however long the list: the hashes travel as a single array.
  const add = db.$executeRaw`
    INSERT INTO public."RollPerson" (municipality, "fiscalNumberHash")
    SELECT ${municipality}, hash FROM unnest(${hashes}::text[]) AS hash
    ON CONFLICT DO NOTHING`;
  const remove = db.$executeRaw`
    DELETE FROM public."RollPerson" AS person
    WHERE municipality = ${municipality}
      AND NOT EXISTS (SELECT FROM unnest(${hashes}::text[]) AS hash WHERE hash = person."fiscalNumberHash")`;
  const [added, removed] = mode === "replace" ? await db.$transaction([add, remove]) : [await add, 0];
  return { added, removed, total: await db.rollPerson.count({ where: { municipality } }) };
}
