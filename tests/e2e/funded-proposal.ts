/** A proposal of the trial that was funded and has no pact yet, as the ledger has it. */

import { db } from "@/lib/db";
import { trialPeople } from "@/prisma/seed/trial-people";

export type FundedProposal = {
  id: string;
  title: string;
  commons: { id: string; path: string };
  /** As it stands on the button of the trial's sign-in. */
  proponent: string;
};

export async function fundedProposal(municipality: string): Promise<FundedProposal> {
  const past = await db.chainRound.findMany({
    where: { municipality, reconstruction: true },
    select: { id: true },
  });
  const row = await db.chainProposal.findFirstOrThrow({
    where: {
      ...{ municipality, state: { in: ["funded", "co_design"] }, pact: null },
      NOT: { round: { in: past.map(({ id }) => id) } },
    },
    orderBy: { id: "asc" },
  });
  const where = { municipality_id: { municipality, id: row.id } };
  const [{ title }, { slug }, { displayName }] = await Promise.all([
    db.proposal.findUniqueOrThrow({ where }),
    db.commons.findUniqueOrThrow({ where: { municipality_id: { municipality, id: row.commons } } }),
    db.person.findUniqueOrThrow({ where: { id: row.representative } }),
  ]);
  const known = trialPeople.find(({ givenName, familyName }) => displayName === `${givenName} ${familyName}`);
  if (!displayName || !known) throw new Error(`${displayName} is nobody of the trial`);
  return {
    id: row.id,
    title,
    commons: { id: row.commons, path: `/torino/beni/${slug}` },
    proponent: displayName,
  };
}
