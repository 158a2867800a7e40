import type { PrismaClient } from "@/generated/prisma/client";

export const torino = "001272";
export const aglie = "001001";

/** Two municipalities with pages. */
export async function settle(db: PrismaClient): Promise<void> {
  await db.municipality.createMany({
    data: [
      { istatCode: torino, slug: "torino", name: "Torino", lat: 45, lon: 7.6, active: true },
      { istatCode: aglie, slug: "aglie", name: "Agliè", lat: 45.3, lon: 7.7, active: true },
    ],
  });
}

const written = { transactionId: "0".repeat(64), block: 1n };

/** A submitted proposal with its commons, and its row as the projection would have written it. */
export async function proposalOnLedger(
  db: PrismaClient,
  proposal: { id: string; state: string; representative?: string; municipality?: string },
): Promise<void> {
  const { municipality = torino, representative = "somebody", id, state } = proposal;
  const commons = `commons-of-${id}`;
  await db.commons.create({
    data: {
      ...{ municipality, id: commons, slug: commons, name: "Giardino", kind: "green_space", salt: "" },
      ...{ createdBy: representative, positionOf: "district", publishedAt: new Date() },
    },
  });
  await db.proposal.create({
    data: { municipality, id, slug: id, call: "call-1", author: representative, commons, title: "Orti" },
  });
  await db.chainProposal.create({
    data: {
      ...{ ...written, municipality, id, commons, representative, state },
      ...{ call: "call-1", subject: "subject-1", version: 1, digest: "0".repeat(64), costCents: 100_000n },
      ...{ submittedOn: "2026-01-02", record: {} },
    },
  });
}
