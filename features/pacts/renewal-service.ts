/** A pact that takes the place of another: to go on after its last day, or to change what it says. */

import { db } from "@/lib/db";
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
 * @returns its id; that of the one which is being written already, where there is one
 */
export async function startRenewal(actor: Actor, proposal: string): Promise<string> {
  const { municipality } = actor;
  const [earlier, { draft, onChain }] = await Promise.all([
    renewablePact(municipality, proposal),
    pactUnderWay(municipality, proposal),
  ]);
  if (draft?.renews && draft.renews === earlier?.id) return draft.id;
  if (!earlier) throw new ConflictError("pact_moved_on", { state: onChain?.state ?? "draft" });
  const pact = await db.pact.findUnique({ where: { municipality_id: { municipality, id: earlier.id } } });
  if (!pact) throw new NotFoundError("pact_not_found");
  const values: PactValues = {
    ...{ title: pact.title, form: pact.form as PactValues["form"] },
    content: pact.content as PactContent,
    parties: pact.parties as PartyText[],
    ...renewalDays(pact, todayInItaly()),
  };
  return startPact(actor, proposal, values, earlier.id);
}
