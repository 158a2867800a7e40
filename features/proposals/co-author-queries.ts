import "server-only";
import { namesOf } from "@/features/register/queries";
import { db } from "@/lib/db";
import { decrypt } from "@/lib/encryption";
import type { Viewer } from "@/lib/permissions";
import { codeHash } from "./pass-on-code";
import { isPublished, takesCoAuthors } from "./rules";

export type CoAuthorsView = {
  isProponent: boolean;
  proponent: string;
  coAuthors: { person: string; name: string; named: boolean; since: Date; isSelf: boolean }[];
  /** For the proponent alone: links that were not used yet. */
  invitations: { id: string; code: string; expiresAt: Date }[];
  mayInvite: boolean;
  mayRemove: boolean;
};

/** With whom a proposal is written, for those who write it; null for anybody else. */
export async function coAuthorsOf(
  municipality: string,
  draft: string,
  viewer: Viewer,
): Promise<CoAuthorsView | null> {
  const where = { municipality_id: { municipality, id: draft } };
  const [row, chain] = await Promise.all([
    db.proposal.findUnique({
      where,
      include: {
        coAuthors: { orderBy: { since: "asc" } },
        invitations: { where: { expiresAt: { gt: new Date() } }, orderBy: { createdAt: "asc" } },
      },
    }),
    db.chainProposal.findUnique({ where, select: { state: true } }),
  ]);
  if (!row) return null;
  const isProponent = row.author === viewer.id;
  if (!isProponent && !row.coAuthors.some(({ person }) => person === viewer.id)) return null;
  const nameOf = await namesOf([row.author, ...row.coAuthors.map(({ person }) => person)]);
  return {
    ...{ isProponent, proponent: nameOf(row.author) },
    coAuthors: row.coAuthors.map(({ person, named, since }) => ({
      ...{ person, name: nameOf(person), named, since, isSelf: person === viewer.id },
    })),
    invitations: isProponent
      ? row.invitations.map(({ id, sealedCode, expiresAt }) => ({
          ...{ id, expiresAt, code: decrypt(sealedCode, purposeOfInvitation(id)).toString("utf8") },
        }))
      : [],
    mayInvite: isProponent && row.discardedAt === null && takesCoAuthors(chain?.state),
    mayRemove: isProponent && !isPublished(chain?.state),
  };
}

/** What a link invites to, for whoever has it; null where it leads nowhere. */
export async function invitationBehind(
  municipality: string,
  code: string,
): Promise<{ title: string; proponent: string } | null> {
  const found = await db.coAuthorInvitation.findFirst({
    where: { municipality, codeHash: hashOfInvitation(code), expiresAt: { gt: new Date() } },
    select: { of: { select: { title: true, author: true, discardedAt: true } } },
  });
  if (!found || found.of.discardedAt) return null;
  const { title, author } = found.of;
  return { title, proponent: (await namesOf([author]))(author) };
}

/** Co-authors as everybody reads them: the names of those who want it, and how many others there are. */
export type NamedCoAuthors = { names: string[]; others: number };

/** @param people of one version of a proposal; without them its co-authors of today */
export async function namedCoAuthors(
  municipality: string,
  proposal: string,
  people?: readonly string[],
): Promise<NamedCoAuthors> {
  const rows = await db.coAuthor.findMany({
    where: { municipality, proposal, ...(people && { person: { in: [...people] } }) },
    orderBy: { since: "asc" },
  });
  const nameOf = await namesOf(rows.map(({ person }) => person));
  const names = rows.filter(({ named }) => named).map(({ person }) => nameOf(person));
  const known = names.filter(Boolean);
  // Whoever has left is one of those who wrote that version, and is named no more.
  return { names: known, others: (people ?? rows).length - known.length };
}

export function hashOfInvitation(code: string): string {
  return codeHash("co-author invitation", code);
}

export function purposeOfInvitation(id: string): string {
  return `CoAuthorInvitation.sealedCode ${id}`;
}
