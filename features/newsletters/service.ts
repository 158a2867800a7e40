/** Newsletters of a Comune, from the draft to the sending. */
import { requireOwnMailbox } from "@/features/notifications/test-mail-service";
import { db } from "@/lib/db";
import { ConflictError, NotFoundError } from "@/lib/errors";
import type { Viewer } from "@/lib/permissions";
import { count } from "@/lib/rate-limit";
import { queueFor } from "./audience-queries";
import type { NewsletterWords } from "./schema";

/** Keeps a draft; the same form posted again makes no second one. */
export async function writeNewsletter(
  viewer: Viewer,
  municipality: string,
  { command, ...words }: NewsletterWords & { command: string },
): Promise<void> {
  await db.newsletter.createMany({
    data: [{ id: command, municipality, createdBy: viewer.id, ...words }],
    skipDuplicates: true,
  });
}

/** @throws ConflictError where it was sent, or changed by somebody else since the form was shown */
export async function changeNewsletter(
  municipality: string,
  { id, revision, ...words }: NewsletterWords & { id: string; revision: number },
): Promise<void> {
  const changed = await db.newsletter.updateMany({
    where: { id, municipality, revision, sentAt: null },
    data: { ...words, revision: revision + 1, changedAt: new Date() },
  });
  if (changed.count === 0) await refuse(municipality, id);
}

export async function discardNewsletter(municipality: string, newsletter: string): Promise<void> {
  const where = { id: newsletter, municipality, sentAt: null };
  if ((await db.newsletter.deleteMany({ where })).count === 0) await refuse(municipality, newsletter);
}

/** Queues the draft to whoever writes it, as everybody would get it. */
export async function testNewsletter(
  viewer: Viewer,
  municipality: string,
  { id, command }: { id: string; command: string },
): Promise<void> {
  if ((await db.newsletter.count({ where: { id, municipality } })) === 0) throw new NotFoundError();
  // Here and not in the action: what is not there is not counted as a message that was asked for.
  await count("tests", viewer.id);
  await requireOwnMailbox(viewer);
  const mail = { id: command, municipality, person: viewer.id, kind: "newsletterTest", newsletter: id };
  await db.mail.createMany({ data: [mail], skipDuplicates: true });
}

/**
 * Publishes it and queues a mail for everybody for whom it is, all of it or nothing. Asked again it sends nothing more.
 * The worker gives the mails their jobs: see `DeliveryQueue.addAsked`.
 * @throws ConflictError where it is not the draft that was seen
 */
export async function sendNewsletter(
  viewer: Viewer,
  municipality: string,
  { id, revision }: { id: string; revision: number },
): Promise<{ people: number }> {
  const people = await db.$transaction(
    async (tx) => {
      const where = { id, municipality, revision, sentAt: null };
      const sent = { sentAt: new Date(), sentBy: viewer.id };
      if ((await tx.newsletter.updateMany({ where, data: sent })).count === 0) return undefined;
      const { districts } = await tx.newsletter.findUniqueOrThrow({ where: { id } });
      const queued = await queueFor(tx, { municipality, id, districts });
      await tx.newsletter.updateMany({ where: { id, municipality }, data: { people: queued } });
      return queued;
    },
    { timeout: 60_000 },
  );
  if (people !== undefined) return { people };
  const row = await db.newsletter.findFirst({ where: { id, municipality } });
  if (row?.sentAt && row.revision === revision) return { people: row.people ?? 0 };
  return refuse(municipality, id);
}

async function refuse(municipality: string, id: string): Promise<never> {
  const row = await db.newsletter.findFirst({ where: { id, municipality } });
  if (!row) throw new NotFoundError();
  throw new ConflictError(row.sentAt ? "newsletter_sent" : "newsletter_changed");
}
