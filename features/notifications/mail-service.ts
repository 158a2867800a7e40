/** A person's address and what is sent to it. */
import { randomUUID } from "node:crypto";
import { forgetDevicesOf } from "@/features/push/device-service";
import { type Database, db } from "@/lib/db";
import { DecryptionError, decrypt, encrypt } from "@/lib/encryption";
import { ConflictError } from "@/lib/errors";
import { pathOf } from "@/lib/language/path";
import type { Viewer } from "@/lib/permissions";
import { mailMode } from "./mail-mode-rules";
import { openLink } from "./mail-token";

export type OwnAddress = { address: string; isConfirmed: boolean; isRefused: boolean };

/** How long the link is good by which an address is confirmed. */
export const CONFIRM_DAYS = 7;
/** So that nobody fills another's mailbox with links. */
const MOST_LINKS_A_DAY = 5;

/**
 * Keeps the address to which a person wants mail; nothing is sent to it but the link that confirms it.
 * @throws ConflictError where no mail is sent here, or too many links were asked for
 */
export async function setAddress(viewer: Viewer, municipality: string, address: string): Promise<void> {
  if (mailMode() === "off") throw new ConflictError("no_mail_here");
  const person = viewer.id;
  const kept = { sealed: encrypt(address, addressPurpose(person)), askedAt: new Date() };
  await db.$transaction(async (tx) => {
    const since = new Date(Date.now() - 86_400_000);
    const asked = await tx.mail.count({ where: { person, kind: "confirm", createdAt: { gte: since } } });
    if (asked >= MOST_LINKS_A_DAY) throw new ConflictError("mail_links_enough", { most: MOST_LINKS_A_DAY });
    await tx.mailAddress.upsert({
      where: { person },
      create: { person, ...kept },
      update: { ...kept, confirmedAt: null, refusedAt: null, refusedCode: null },
    });
    // A link to an earlier address leads nowhere any more.
    await tx.mail.updateMany({
      where: { person, kind: "confirm", state: "queued" },
      data: { state: "dropped", settledAt: new Date() },
    });
    // The worker gives it its job: see DeliveryQueue.addAsked.
    await tx.mail.create({ data: { id: randomUUID(), municipality, person, kind: "confirm" } });
  });
}

/** Forgets the address: no mail is sent any more. */
export async function removeAddress(viewer: Viewer): Promise<void> {
  await db.mailAddress.deleteMany({ where: { person: viewer.id } });
}

/** One's own address, for its person alone. */
export async function ownAddress(viewer: Pick<Viewer, "id">): Promise<OwnAddress | undefined> {
  const row = await db.mailAddress.findUnique({ where: { person: viewer.id } });
  if (!row) return undefined;
  return {
    address: openAddress(viewer.id, row.sealed),
    isConfirmed: row.confirmedAt !== null,
    isRefused: row.refusedAt !== null,
  };
}

/** Confirms an address by the link that was sent there. @returns whether the link is still good */
export async function confirmAddress(token: string, now = new Date()): Promise<boolean> {
  const link = openLink(token);
  if (link?.do !== "confirm") return false;
  const row = await db.mailAddress.findUnique({ where: { person: link.person } });
  if (!row || openAddress(link.person, row.sealed) !== link.address) return false;
  if (row.confirmedAt !== null) return true;
  if (row.askedAt.getTime() < now.getTime() - CONFIRM_DAYS * 86_400_000) return false;
  const { count } = await db.mailAddress.updateMany({
    where: { person: link.person, askedAt: row.askedAt },
    data: { confirmedAt: now },
  });
  return count === 1;
}

/** Sends nothing more of some kinds, or no more newsletters, whoever asks with the link of a mail. @returns whether it is one of our links */
export async function unsubscribeByLink(token: string): Promise<boolean> {
  const link = openLink(token);
  if (link?.do === "leaveNewsletter") {
    const { municipality, person } = link;
    await db.subscription.deleteMany({ where: { municipality, person, kind: "newsletter" } });
    return true;
  }
  if (link?.do !== "unsubscribe") return false;
  const { municipality, person } = link;
  await db.$transaction(async (tx) => {
    if ((await tx.person.count({ where: { id: person, erasedAt: null } })) === 0) return;
    await tx.notificationPreference.deleteMany({
      where: { municipality, person, kind: { in: link.kinds } },
    });
    await tx.notificationPreference.createMany({
      data: link.kinds.map((kind) => ({ municipality, person, kind, frequency: "never" })),
    });
  });
  return true;
}

/** The page of a mailed link, in the language of the mail. */
export function linkPage(page: "/unsubscribe" | "/confirm-address", token: string, done?: boolean): string {
  const locale = openLink(token)?.locale ?? "it";
  return pathOf(
    locale,
    page,
    {},
    { link: token.slice(0, 2_000), ...(done !== undefined && { done: done ? "1" : "0" }) },
  );
}

/** Part of erasing a person. */
export async function forgetNotificationsOf(tx: Database, person: string): Promise<void> {
  await tx.subscription.deleteMany({ where: { person } });
  await tx.notification.deleteMany({ where: { person } });
  await tx.notificationPreference.deleteMany({ where: { person } });
  await tx.mailAddress.deleteMany({ where: { person } });
  await tx.mail.deleteMany({ where: { person } });
  await forgetDevicesOf(tx, person);
  await tx.$executeRaw`UPDATE public."Event" SET exempt = array_remove(exempt, ${person})
    WHERE "toldAt" IS NULL AND ${person} = ANY(exempt)`;
}

const KEPT_DAYS = { notifications: 365, mails: 30, queued: 5 };

/** Forgets what is long past: notifications after a year, mails and messages after a month; what no server took in days is given up. */
export async function forgetOldNotifications(now = new Date()): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * 86_400_000);
  await db.event.deleteMany({ where: { createdAt: { lt: before(KEPT_DAYS.notifications) } } });
  await db.mail.updateMany({
    where: { state: "queued", createdAt: { lt: before(KEPT_DAYS.queued) } },
    data: { state: "dropped", settledAt: now },
  });
  await db.push.updateMany({
    where: { state: "queued", createdAt: { lt: before(KEPT_DAYS.queued) } },
    data: { state: "dropped", settledAt: now },
  });
  await db.push.deleteMany({
    where: { state: { not: "queued" }, createdAt: { lt: before(KEPT_DAYS.mails) } },
  });
  await db.mail.deleteMany({
    where: { state: { not: "queued" }, createdAt: { lt: before(KEPT_DAYS.mails) } },
  });
}

export function openAddress(person: string, sealed: Uint8Array): string {
  try {
    return decrypt(sealed, addressPurpose(person)).toString("utf8");
  } catch (error) {
    // Of a database that was restored beside other keys: an address that cannot be read is none.
    if (error instanceof DecryptionError) return "";
    throw error;
  }
}

function addressPurpose(person: string): string {
  return `MailAddress.sealed ${person}`;
}
