import "server-only";
import { type Database, db } from "@/lib/db";

/** Proposals that a person writes, their own and those that they are a co-author of. */
export function writtenBy(person: string) {
  return { OR: [{ author: person }, { coAuthors: { some: { person } } }] };
}

/** Who writes a proposal, its proponent first; nobody where there is none. */
export async function writersOf(tx: Database, municipality: string, proposal: string): Promise<string[]> {
  const row = await tx.proposal.findUnique({
    where: { municipality_id: { municipality, id: proposal } },
    select: { author: true, coAuthors: { select: { person: true }, orderBy: { since: "asc" } } },
  });
  return row ? [row.author, ...row.coAuthors.map(({ person }) => person)] : [];
}

export async function isWriter(
  municipality: string,
  proposal: string,
  viewer: { id: string } | undefined,
): Promise<boolean> {
  if (!viewer) return false;
  return (await db.proposal.count({ where: { municipality, id: proposal, ...writtenBy(viewer.id) } })) > 0;
}
