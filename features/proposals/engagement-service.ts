/** What others do with a published proposal: adhere. */
import { enqueue } from "@/ledger/client/outbox/enqueue";
import { once } from "@/ledger/client/outbox/record";
import { ConflictError, NotFoundError } from "@/lib/errors";
import { allows } from "@/protocol/workflow/table";
import type { Proponent } from "./service";

/** Adheres to a published proposal, and follows its commons: whoever supports something wants to hear of it. */
export async function adhere(
  who: Proponent,
  proposal: string,
  kind: "support" | "time" | "resources",
  command: string,
): Promise<void> {
  const { municipality, person } = who;
  await once(command, async (tx) => {
    const found = await tx.chainProposal.findUnique({
      where: { municipality_id: { municipality, id: proposal } },
    });
    if (!found) throw new NotFoundError("proposal_not_found");
    if (!allows("proposals:adhere", { proposal: found.state })) throw new ConflictError("adhesions_closed");
    await enqueue(tx, {
      id: command,
      transaction: "proposals:adhere",
      // The id follows from the command, so that a form posted twice means one adhesion.
      input: { municipality, id: command, proposal, kind },
      signer: { person, organisation: "Case", role: "resident" },
      subject: { type: "adhesion", id: `${proposal}/${person}` },
      orderKey: `person/${person}`,
    });
    await tx.subscription.createMany({
      data: [{ municipality, person, kind: "commons", subject: found.commons }],
      skipDuplicates: true,
    });
    // Whoever agreed to be contacted about an earlier offer did not do so about this one.
    await tx.volunteerContact.deleteMany({ where: { municipality, proposal, person } });
  });
}

export async function withdrawAdhesion(who: Proponent, proposal: string, command: string): Promise<void> {
  const { municipality, person } = who;
  await once(command, async (tx) => {
    const where = { municipality_id: { municipality, id: proposal } };
    if (!(await tx.chainProposal.findUnique({ where }))) throw new NotFoundError("proposal_not_found");
    await enqueue(tx, {
      id: command,
      transaction: "proposals:withdrawAdhesion",
      input: { municipality, proposal },
      signer: { person, organisation: "Case", role: "resident" },
      subject: { type: "adhesion", id: `${proposal}/${person}` },
      orderKey: `person/${person}`,
    });
    // Whoever no longer offers time is not contacted about it either.
    await tx.volunteerContact.deleteMany({ where: { municipality, proposal, person } });
  });
}
