import "server-only";
import { db } from "@/lib/db";
import { endedStates } from "@/protocol/records/pacts";
import { statesFor } from "@/protocol/workflow/table";
import type { PactState } from "./queries";

export type Renewable = {
  id: string;
  slug: string;
  title: string;
  state: PactState;
  /** Another pact about the same proposal can only take its place. */
  isInForce: boolean;
};

/** The pact of a proposal that another one can take the place of, as the ledger has it. */
export async function renewablePact(municipality: string, proposal: string): Promise<Renewable | undefined> {
  const { pact: id } =
    (await db.chainProposal.findUnique({
      where: { municipality_id: { municipality, id: proposal } },
      select: { pact: true },
    })) ?? {};
  if (!id) return undefined;
  const where = { municipality_id: { municipality, id } };
  const [words, row] = await Promise.all([
    db.pact.findUnique({ where, select: { slug: true, title: true } }),
    db.chainPact.findUnique({ where, select: { state: true } }),
  ]);
  if (!words || !row || !statesFor("pacts:draft", "pact", "renewed").includes(row.state)) return undefined;
  const state = row.state as PactState;
  return { id, ...words, state, isInForce: !endedStates.includes(state) };
}

export type PactLink = { slug: string; title: string };

/** The pact that one renews, and the one by which it was renewed or is to be, where they are on the ledger. */
export async function renewalsOf(
  municipality: string,
  id: string,
): Promise<{ earlier?: PactLink; later?: PactLink }> {
  const own = await db.pact.findUnique({
    where: { municipality_id: { municipality, id } },
    select: { renews: true },
  });
  const [earlier, laters] = await Promise.all([
    own?.renews
      ? db.pact.findUnique({
          where: { municipality_id: { municipality, id: own.renews } },
          select: { slug: true, title: true },
        })
      : null,
    db.pact.findMany({
      where: { municipality, renews: id },
      orderBy: { createdAt: "desc" },
      select: { id: true, slug: true, title: true },
    }),
  ]);
  const known = await db.chainPact.findMany({
    where: { municipality, id: { in: laters.map((row) => row.id) }, state: { not: "withdrawn" } },
    select: { id: true },
  });
  const later = laters.find((row) => known.some((one) => one.id === row.id));
  return {
    ...(earlier && { earlier }),
    ...(later && { later: { slug: later.slug, title: later.title } }),
  };
}
