/**
 * Checks after the closing, counted in public: how many were made, and how many found something wrong. Whoever checks is
 * nobody in particular, so that anybody can count: the pages say so.
 */
import { z } from "zod";
import { db } from "@/lib/db";
import { NotFoundError } from "@/lib/errors";
import type { RecordOf } from "@/protocol/records";

/** What a device found, or whoever read what it showed. */
export const checkOutcomes = ["stands", "absent", "void", "differs"] as const;
export const checkSchema = z.strictObject({ outcome: z.enum(checkOutcomes) });
type Outcome = (typeof checkOutcomes)[number];

/** One more, with no time and nothing of who it was. @throws NotFoundError while there is no list to check in */
export async function countCheck(municipality: string, round: string, found: Outcome): Promise<void> {
  const where = { municipality_id: { municipality, id: round } };
  const sealing = await db.chainSealing.findUnique({ where, select: { record: true } });
  if (!(sealing?.record as RecordOf<"sealing"> | undefined)?.list) throw new NotFoundError("round_not_found");
  await db.$executeRaw`
    INSERT INTO public."SealedCheck" AS held (municipality, round, outcome, count)
    VALUES (${municipality}, ${round}, ${found}, 1)
    ON CONFLICT (municipality, round, outcome) DO UPDATE SET count = held.count + 1`;
}
