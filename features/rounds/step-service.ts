/** What every step on a round has in common: which round it is about and in which states it may be taken. */
import type { Round } from "@/generated/prisma/client";
import { drawingService } from "@/ledger/client/identities/services";
import { enqueue, type Signer } from "@/ledger/client/outbox/enqueue";
import { once } from "@/ledger/client/outbox/record";
import type { Database } from "@/lib/db";
import { ConflictError, NotFoundError } from "@/lib/errors";
import type { Act, Actor } from "@/protocol/primitives";
import type { InputOf, TransactionName } from "@/protocol/transactions";
import { allows } from "@/protocol/workflow/table";

export type ActValue = typeof Act._output;

export function aboutRound(signer: Signer, id: string) {
  return { signer, subject: { type: "round", id }, orderKey: `round/${id}` };
}

export function serviceOf(municipality: string): Signer {
  const { person, organisation } = drawingService(municipality);
  return { person, organisation, role: "service" };
}

export async function step<T extends TransactionName>(
  actor: Actor,
  transaction: T,
  id: string,
  input: Omit<InputOf<T>, "command">,
  command: string,
): Promise<void> {
  await once(command, async (tx) => {
    await roundFor(tx, actor.municipality, id, transaction);
    await enqueue(tx, { id: command, transaction, input, ...aboutRound(actor, id) });
  });
}

export async function roundFor(tx: Database, municipality: string, id: string, transaction: TransactionName) {
  const round = await tx.chainRound.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!round) throw new NotFoundError("round_not_found");
  if (!allows(transaction, { round: round.state }))
    throw new ConflictError("round_moved_on", { state: round.state });
  return round;
}

export async function draftRound(tx: Database, municipality: string, id: string): Promise<Round> {
  const round = await tx.round.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!round) throw new NotFoundError("round_not_found");
  const frozen = await tx.outboxItem.findFirst({
    where: {
      ...{ municipality, subjectType: "round", subjectId: id, transaction: "rounds:freeze" },
      status: { in: ["to_sign", "queued", "sending", "committed"] },
    },
  });
  if (frozen) throw new ConflictError("round_already_frozen");
  return round;
}
