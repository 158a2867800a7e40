import "server-only";
import { namesOf } from "@/features/register/queries";
import { db } from "@/lib/db";
import type { Viewer } from "@/lib/permissions";
import type { RecordOf } from "@/protocol/records";

/** Whether somebody cares for a proposal: as who proposed it, as a party of its pact, or for the houses of its district. */
export async function mayContact(municipality: string, viewer: Viewer, proposal: string): Promise<boolean> {
  const row = await db.chainProposal.findUnique({
    where: { municipality_id: { municipality, id: proposal } },
    select: { representative: true, commons: true, pact: true },
  });
  if (!row) return false;
  if (row.representative === viewer.id) return true;
  const coordinates = viewer.roles.filter(
    (held) => held.municipality === municipality && held.role === "coordinator",
  );
  if (coordinates.some(({ district }) => district === undefined)) return true;
  if (coordinates.length > 0) {
    const place = await db.commons.findUnique({
      where: { municipality_id: { municipality, id: row.commons } },
      select: { district: true },
    });
    if (coordinates.some(({ district }) => district === place?.district)) return true;
  }
  return row.pact !== null && (await isParty(municipality, viewer, row.pact));
}

async function isParty(municipality: string, viewer: Viewer, id: string): Promise<boolean> {
  const pact = await db.chainPact.findUnique({
    where: { municipality_id: { municipality, id } },
    select: { record: true },
  });
  if (!pact) return false;
  const { parties } = pact.record as unknown as RecordOf<"pact">;
  const subjects = parties.flatMap(({ subject }) => subject ?? []);
  const own = await db.chainSubject.count({
    where: { municipality, id: { in: subjects }, representative: viewer.id },
  });
  return own > 0;
}

/** One's own proposals to which somebody offers time and agreed to be contacted, with how many. */
export async function ownProposalsWithVolunteers(
  municipality: string,
  viewer: Viewer,
): Promise<{ proposal: string; title: string; count: number }[]> {
  const own = await db.chainProposal.findMany({
    where: { municipality, representative: viewer.id },
    select: { id: true },
  });
  const ids = own.map(({ id }) => id);
  const [agreed, offering, words] = await Promise.all([
    db.volunteerContact.findMany({
      where: { municipality, proposal: { in: ids } },
      select: { proposal: true, person: true },
    }),
    db.chainAdhesion.findMany({
      where: { municipality, proposal: { in: ids }, kind: "time", withdrawn: false },
      select: { proposal: true, person: true },
    }),
    db.proposal.findMany({ where: { municipality, id: { in: ids } }, select: { id: true, title: true } }),
  ]);
  const still = new Set(offering.map(({ proposal, person }) => `${proposal} ${person}`));
  const counts = Map.groupBy(
    agreed.filter(({ proposal, person }) => still.has(`${proposal} ${person}`)),
    ({ proposal }) => proposal,
  );
  return [...counts].map(([proposal, people]) => ({
    ...{ proposal, count: people.length },
    title: words.find(({ id }) => id === proposal)?.title ?? "",
  }));
}

/** Who looked at one's contact for a proposal, the latest first. */
export async function whoLooked(
  municipality: string,
  viewer: Viewer,
  proposal: string,
): Promise<{ name: string; at: Date }[]> {
  const rows = await db.volunteerAccess.findMany({
    where: { municipality, proposal, volunteer: viewer.id },
    orderBy: { createdAt: "desc" },
    take: 20,
  });
  const nameOf = await namesOf(rows.map(({ person }) => person));
  return rows.map(({ person, createdAt }) => ({ name: nameOf(person), at: createdAt }));
}
