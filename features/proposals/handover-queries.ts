import "server-only";
import { namesOf } from "@/features/register/queries";
import { type Database, db } from "@/lib/db";
import { ConflictError } from "@/lib/errors";

/** Who helped with a draft, and whether it was taken by the person it was written for; undefined where nobody did. */
export async function helpWith(
  municipality: string,
  draft: string,
): Promise<{ helper: string; name: string; taken: boolean } | undefined> {
  const where = { municipality_draft: { municipality, draft } };
  const row = await db.draftHandover.findUnique({ where });
  if (!row) return undefined;
  const nameOf = await namesOf([row.helper]);
  return { helper: row.helper, name: nameOf(row.helper), taken: row.claimedBy !== null };
}

/** Refuses what is still written for somebody else. @throws ConflictError */
export async function requireTaken(tx: Database, municipality: string, draft: string): Promise<void> {
  const open = await tx.draftHandover.count({ where: { municipality, draft, claimedBy: null } });
  if (open > 0) throw new ConflictError("draft_for_somebody");
}
