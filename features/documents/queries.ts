import "server-only";
import { writersOf } from "@/features/proposals/writers-queries";
import { db } from "@/lib/db";
import { holdsOffice, type Viewer } from "@/lib/permissions";

export type AttachmentView = {
  id: string;
  name: string;
  size: number;
  mediaType: string;
  hash: string;
  href: string;
};

/**
 * The files of something, oldest first; those not public only for their uploader, who writes with them, and the offices,
 * which read nothing of a draft before it is handed in.
 */
export async function attachmentsOf(
  municipality: { istatCode: string; slug: string },
  about: { type: string; id: string },
  viewer: Viewer | undefined,
): Promise<AttachmentView[]> {
  const rows = await db.attachment.findMany({
    where: { municipality: municipality.istatCode, aboutType: about.type, aboutId: about.id },
    include: { file: true },
    orderBy: { createdAt: "asc" },
  });
  const around = await proposalAround(rows[0], viewer);
  return rows
    .filter((row) => mayRead(row, viewer, around))
    .map((row) => ({
      id: row.id,
      name: row.name,
      size: row.file.size,
      mediaType: row.file.mediaType,
      hash: row.hash,
      href: fileHref(municipality.slug, row.id, row.name),
    }));
}

/** One file for sending, or `undefined` where there is none that this person may read in this municipality. */
export async function readableFile(
  municipality: string,
  id: string,
  viewer: Viewer | undefined,
): Promise<{ name: string; hash: string; mediaType: string } | undefined> {
  const row = await db.attachment.findFirst({ where: { id, municipality }, include: { file: true } });
  if (!row || !mayRead(row, viewer, await proposalAround(row, viewer))) return undefined;
  return { name: row.name, hash: row.hash, mediaType: row.file.mediaType };
}

/** The text behind a digest, while its salt is kept; those not public only for their author and the offices. */
export async function textOf(
  municipality: string,
  digest: string,
  viewer: Viewer | undefined,
): Promise<string | undefined> {
  const row = await db.saltedText.findUnique({ where: { municipality_digest: { municipality, digest } } });
  if (!row) return undefined;
  const readable = row.public || viewer?.id === row.author || holdsOffice(viewer, municipality);
  return readable ? row.text : undefined;
}

/** Where the public files among these digests can be read, by digest. */
export async function publicFilesByHash(
  municipality: { istatCode: string; slug: string },
  hashes: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.attachment.findMany({
    where: { municipality: municipality.istatCode, hash: { in: [...hashes] }, public: true },
    orderBy: { createdAt: "desc" },
  });
  return new Map(rows.map(({ hash, id, name }) => [hash, fileHref(municipality.slug, id, name)]));
}

export function fileHref(slug: string, id: string, name: string): string {
  return `/api/files/${slug}/${id}/${encodeURIComponent(name)}`;
}

type Kept = { public: boolean; uploadedBy: string; municipality: string; aboutType: string };

type Around = { writers: readonly string[]; isDraft: boolean };

/** Of the proposal that a file belongs to: who writes it, where the viewer is one of them, and whether it is handed in. */
async function proposalAround(
  row: (Kept & { aboutId: string }) | undefined,
  viewer: Viewer | undefined,
): Promise<Around> {
  if (!viewer || row?.aboutType !== "proposal") return { writers: [], isDraft: false };
  const { municipality, aboutId: id } = row;
  const [writers, proposal] = await Promise.all([
    writersOf(db, municipality, id),
    db.proposal.findUnique({
      where: { municipality_id: { municipality, id } },
      select: { submittedAt: true },
    }),
  ]);
  return { writers: writers.includes(viewer.id) ? writers : [], isDraft: proposal?.submittedAt === null };
}

function mayRead(row: Kept, viewer: Viewer | undefined, { writers, isDraft }: Around): boolean {
  if (row.public || viewer?.id === row.uploadedBy || writers.includes(row.uploadedBy)) return true;
  return !isDraft && row.aboutType !== "upload" && holdsOffice(viewer, row.municipality);
}
