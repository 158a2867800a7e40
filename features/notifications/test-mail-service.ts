import { db } from "@/lib/db";
import { ConflictError } from "@/lib/errors";
import type { Viewer } from "@/lib/permissions";
import { mailMode } from "./mail-mode-rules";
import { ownAddress } from "./mail-service";

/**
 * Queues one message to a person's own address, on the way that all mail takes; the worker gives it its job. Asked again
 * under the same command it is queued once.
 * @throws ConflictError where no mail is sent here, or the person's address is not confirmed
 */
export async function sendTestMail(viewer: Viewer, municipality: string, command: string): Promise<void> {
  await requireOwnMailbox(viewer);
  await db.mail.createMany({
    data: [{ id: command, municipality, person: viewer.id, kind: "test" }],
    skipDuplicates: true,
  });
}

/** @throws ConflictError where no mail is sent here, or the person's address is not confirmed */
export async function requireOwnMailbox(viewer: Viewer): Promise<void> {
  const mode = mailMode();
  if (mode === "off") throw new ConflictError("no_mail_here");
  const address = await ownAddress(viewer);
  if (mode === "smtp" && (!address?.isConfirmed || address.isRefused))
    throw new ConflictError("no_confirmed_address");
}
