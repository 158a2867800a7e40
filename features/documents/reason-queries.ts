import "server-only";
import { db } from "@/lib/db";

/** The words of a reason that anyone may read, by its digest on the ledger; null where they are not for everybody or are gone. */
export async function publicReason(municipality: string, hash: string | undefined): Promise<string | null> {
  if (hash === undefined) return null;
  const row = await db.saltedText.findFirst({
    where: { municipality, digest: hash, public: true },
    select: { text: true },
  });
  return row?.text ?? null;
}
