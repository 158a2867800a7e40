import "server-only";
import { db } from "@/lib/db";
import type { Viewer } from "@/lib/permissions";

export type OwnAdhesion = {
  proposal: string;
  title: string;
  kind: string;
  state: string;
  commonsSlug: string;
  commonsName: string;
};

/** Proposals a person adheres to, the latest adhesion first. */
export async function ownAdhesions(municipality: string, viewer: Viewer): Promise<OwnAdhesion[]> {
  const adhesions = await db.chainAdhesion.findMany({
    where: { municipality, person: viewer.id, withdrawn: false },
    orderBy: { block: "desc" },
  });
  const ids = adhesions.map(({ proposal }) => proposal);
  const [chain, words, places] = await Promise.all([
    db.chainProposal.findMany({ where: { municipality, id: { in: ids } } }),
    db.proposal.findMany({ where: { municipality, id: { in: ids } }, select: { id: true, title: true } }),
    db.commons.findMany({
      where: { municipality, id: { in: adhesions.map(({ commons }) => commons) } },
      select: { id: true, slug: true, name: true },
    }),
  ]);
  return adhesions.flatMap(({ proposal, commons, kind }) => {
    const place = places.find(({ id }) => id === commons);
    if (!place) return [];
    return {
      proposal,
      title: words.find(({ id }) => id === proposal)?.title ?? "",
      kind,
      state: chain.find(({ id }) => id === proposal)?.state ?? "",
      commonsSlug: place.slug,
      commonsName: place.name,
    };
  });
}
