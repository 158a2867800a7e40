/** A pact that takes the place of another: to go on after its last day, or to change what it says. */

import { type Database, db } from "@/lib/db";
import { ConflictError, NotFoundError } from "@/lib/errors";
import { todayInItaly } from "@/lib/local-time";
import type { Actor } from "@/protocol/primitives";
import type { PactContent, PartyText } from "./content";
import { pactUnderWay } from "./queries";
import { renewalDays } from "./renewal-days";
import { renewablePact } from "./renewal-queries";
import { type PactValues, startPact } from "./service";

/**
 * Opens the working text of a pact that renews the proposal's own, with its words and parties.
 * @param command the text's id: the form posted again finds the text that it has made
 * @returns its id; that of the one which is being written already, where there is one
 */
export async function startRenewal(actor: Actor, proposal: string, command: string): Promise<string> {
  const { municipality } = actor;
  const earlier = await renewablePact(municipality, proposal);
  if (!earlier) {
    const { onChain } = await pactUnderWay(municipality, proposal);
    throw new ConflictError("pact_moved_on", { state: onChain?.state ?? "draft" });
  }
  return db.$transaction(async (tx) => {
    // Whoever asks at the same moment waits here, and then finds the text that the first has made.
    await tx.$queryRaw`SELECT id FROM "Pact" WHERE municipality = ${municipality} AND id = ${earlier.id} FOR UPDATE`;
    const made = await tx.pact.findUnique({ where: { municipality_id: { municipality, id: command } } });
    if (made) return made.id;
    const { draft } = await pactUnderWay(municipality, proposal, tx);
    if (draft?.renews === earlier.id) return draft.id;
    return renew(tx, actor, earlier.id, command);
  });
}

async function renew(tx: Database, actor: Actor, id: string, command: string): Promise<string> {
  const { municipality } = actor;
  const pact = await tx.pact.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!pact) throw new NotFoundError("pact_not_found");
  const values: PactValues = {
    ...{ title: pact.title, form: pact.form as PactValues["form"] },
    content: pact.content as PactContent,
    parties: pact.parties as PartyText[],
    ...renewalDays(pact, todayInItaly()),
  };
  return startPact(actor, pact.proposal, values, { tx, id: command, renews: id });
}
