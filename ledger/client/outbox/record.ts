import type { Prisma } from "../../../generated/prisma/client";
import { noteActToSign } from "../../../lib/acts-to-sign";
import { db } from "../../../lib/db";
import type { Actor } from "../../../protocol/primitives";
import type { InputOf, TransactionName } from "../../../protocol/transactions";
import { enqueue, intentionDigest } from "./enqueue";
import { CommandReusedError } from "./errors";

/**
 * One use case that ends in the command `command`, in one database transaction. A form posted twice does it once:
 * the second finds the command queued and changes nothing.
 * @throws CommandReusedError where the command was queued by somebody else, or by a form that said something else
 */
export async function once(
  command: string,
  work: (tx: Prisma.TransactionClient) => Promise<unknown>,
  options?: { timeout: number },
): Promise<void> {
  await db.$transaction(async (tx) => {
    const queued = await tx.outboxItem.findUnique({
      where: { id: command },
      select: { intention: true, status: true, person: true },
    });
    if (!queued) await work(tx);
    else if (queued.intention !== intentionDigest(command)) throw new CommandReusedError(command);
    else if (queued.status === "to_sign") noteActToSign({ id: command, person: queued.person });
  }, options);
}

/** Queues one decision of an official about one record, after all earlier ones about the same. */
export async function record<T extends TransactionName>(
  tx: Prisma.TransactionClient,
  actor: Actor,
  transaction: T,
  input: Omit<InputOf<T>, "command">,
  subject: { type: string; id: string },
  command: string,
): Promise<void> {
  const orderKey = `${subject.type}/${subject.id}`;
  await enqueue(tx, { id: command, transaction, input, signer: actor, subject, orderKey });
}
