import "server-only";
import { db } from "@/lib/db";

export type MergedProposal = {
  id: string;
  title: string;
  commonsSlug: string;
  /** Empty where a natural person proposes. */
  subjectName: string;
  adhesions: number;
  comments: number;
};

export type Merges = { into: MergedProposal | null; from: MergedProposal[] };

/** What a proposal was merged into, and which others it has taken in, each with all that was said and given for it. */
export async function mergesOf(municipality: string, id: string): Promise<Merges> {
  const own = await db.chainProposal.findUnique({ where: { municipality_id: { municipality, id } } });
  const rows = await db.chainProposal.findMany({
    where: {
      municipality,
      OR: [{ mergedInto: id, state: "merged" }, ...(own?.mergedInto ? [{ id: own.mergedInto }] : [])],
    },
    orderBy: { block: "asc" },
    take: 50,
  });
  if (rows.length === 0) return { into: null, from: [] };
  const ids = { in: rows.map((row) => row.id) };
  const [words, commons, subjects, adhesions, comments] = await Promise.all([
    db.proposal.findMany({ where: { municipality, id: ids }, select: { id: true, title: true } }),
    db.commons.findMany({
      where: { municipality, id: { in: rows.map((row) => row.commons) } },
      select: { id: true, slug: true },
    }),
    db.subject.findMany({
      where: { municipality, id: { in: rows.map(({ subject }) => subject) }, kind: { not: "person" } },
      select: { id: true, name: true },
    }),
    db.chainAdhesion.groupBy({
      by: ["proposal"],
      where: { municipality, proposal: ids, withdrawn: false },
      _count: true,
    }),
    db.comment.groupBy({
      by: ["aboutId"],
      where: { municipality, aboutType: "proposal", aboutId: ids },
      _count: true,
    }),
  ]);
  const views = rows.map((row) => ({
    ...{ id: row.id, title: words.find((one) => one.id === row.id)?.title ?? "" },
    commonsSlug: commons.find((one) => one.id === row.commons)?.slug ?? "",
    subjectName: subjects.find((one) => one.id === row.subject)?.name ?? "",
    adhesions: adhesions.find(({ proposal }) => proposal === row.id)?._count ?? 0,
    comments: comments.find(({ aboutId }) => aboutId === row.id)?._count ?? 0,
  }));
  return {
    into: views.find((one) => one.id === own?.mergedInto) ?? null,
    from: views.filter((one) => one.id !== own?.mergedInto),
  };
}
