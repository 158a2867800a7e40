/** What others do with a published proposal: adhere, comment, follow. */
import { randomUUID } from "node:crypto";
import { enqueue } from "@/ledger/client/outbox/enqueue";
import { CommandReusedError } from "@/ledger/client/outbox/errors";
import { once } from "@/ledger/client/outbox/record";
import { db } from "@/lib/db";
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
    await tx.follow.createMany({
      data: [{ municipality, person, commons: found.commons }],
      skipDuplicates: true,
    });
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
  });
}

/** Comments are ours to erase, so they stay off the ledger. */
export async function comment(
  who: Proponent,
  proposal: string,
  text: string,
  replyTo?: string,
  command: string = randomUUID(),
): Promise<string> {
  const { municipality, person } = who;
  const found = await db.chainProposal.findUnique({
    where: { municipality_id: { municipality, id: proposal } },
  });
  if (!found || found.state === "submitted") throw new NotFoundError("proposal_not_found");
  if (replyTo && !(await db.comment.findFirst({ where: { id: replyTo, municipality, proposal } })))
    throw new NotFoundError("comment_not_found");
  // Posted twice, it is there once.
  const written = { id: command, municipality, proposal, author: person, text, replyTo: replyTo ?? null };
  const { count } = await db.comment.createMany({ data: [written], skipDuplicates: true });
  if (count === 0 && (await db.comment.count({ where: written })) === 0)
    throw new CommandReusedError(command);
  return command;
}

export async function withdrawComment(who: Proponent, id: string): Promise<void> {
  await changeOwnComment(who, id, { withdrawnAt: new Date() });
}

export async function restoreComment(who: Proponent, id: string): Promise<void> {
  await changeOwnComment(who, id, { withdrawnAt: null });
}

/** An office hides a comment; the reason stands in its place. Without a reason it is shown again. */
export async function moderateComment(
  municipality: string,
  id: string,
  reason: string | null,
): Promise<void> {
  const { count } = await db.comment.updateMany({
    where: { id, municipality },
    data: { hiddenReason: reason },
  });
  if (count !== 1) throw new NotFoundError("comment_not_found");
}

export async function follow(who: Proponent, commons: string): Promise<void> {
  const { municipality, person } = who;
  await requireCommons(municipality, commons);
  await db.follow.createMany({ data: [{ municipality, person, commons }], skipDuplicates: true });
}

export async function unfollow(who: Proponent, commons: string): Promise<void> {
  const { municipality, person } = who;
  await requireCommons(municipality, commons);
  await db.follow.deleteMany({ where: { municipality, person, commons } });
}

async function requireCommons(municipality: string, id: string): Promise<void> {
  if ((await db.commons.count({ where: { municipality, id } })) === 0)
    throw new NotFoundError("commons_not_found");
}

async function changeOwnComment(
  who: Proponent,
  id: string,
  data: { withdrawnAt: Date | null },
): Promise<void> {
  const { count } = await db.comment.updateMany({
    where: { id, municipality: who.municipality, author: who.person },
    data,
  });
  if (count !== 1) throw new NotFoundError("comment_not_found");
}
