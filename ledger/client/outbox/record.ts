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
 * @param options `also`: the other commands that the same form queues, so that all are led to that are still to be signed
 * @throws CommandReusedError where the command was queued by somebody else, or by a form that said something else
 */
export async function once(
  command: string,
  work: (tx: Prisma.TransactionClient) => Promise<unknown>,
  { also = [], timeout }: { also?: readonly string[]; timeout?: number } = {},
): Promise<void> {
  await db.$transaction(
    async (tx) => {
      const queued = await tx.outboxItem.findUnique({
        where: { id: command },
        select: { intention: true, person: true },
      });
      if (!queued) await work(tx);
      else if (queued.intention !== intentionDigest(command)) throw new CommandReusedError(command);
      else await noteUnsigned(tx, [command, ...also], queued.person);
    },
    timeout === undefined ? undefined : { timeout },
  );
}

async function noteUnsigned(
  tx: Prisma.TransactionClient,
  commands: readonly string[],
  person: string,
): Promise<void> {
  const acts = await tx.outboxItem.findMany({
    where: { id: { in: [...commands] }, person, status: "to_sign" },
    orderBy: { sequence: "asc" },
    select: { id: true, person: true },
  });
  for (const act of acts) noteActToSign(act);
}

/**
 * Queues one decision of an official about one record, after all earlier ones about the same.
 * @param follows a command queued before that has to be on the ledger first
 */
export async function record<T extends TransactionName>(
  tx: Prisma.TransactionClient,
  actor: Actor,
  transaction: T,
  input: Omit<InputOf<T>, "command">,
  subject: { type: string; id: string },
  command: string,
  follows?: string,
): Promise<void> {
  const orderKey = `${subject.type}/${subject.id}`;
  const order = { orderKey, ...(follows !== undefined && { follows }) };
  await enqueue(tx, { id: command, transaction, input, signer: actor, subject, ...order });
}
