import { enqueue } from "@/ledger/client/outbox/enqueue";
import { once } from "@/ledger/client/outbox/record";
import { NotFoundError } from "@/lib/errors";
import type { Proponent } from "./service";

/** Takes a submitted proposal back. Whether it still can be, the chaincode decides. */
export async function withdrawProposal(who: Proponent, id: string, command: string): Promise<void> {
  const { municipality, person } = who;
  await once(command, async (tx) => {
    const own = await tx.proposal.count({ where: { municipality, id, author: person } });
    if (own === 0) throw new NotFoundError("proposal_not_found");
    await enqueue(tx, {
      id: command,
      transaction: "proposals:withdraw",
      input: { municipality, id },
      signer: { person, organisation: "Case", role: "resident" },
      subject: { type: "proposal", id },
      orderKey: `person/${person}`,
    });
  });
}
