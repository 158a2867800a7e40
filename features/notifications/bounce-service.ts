/** Takes in what a mail server reports about a mail that it could not deliver. */
import { db } from "@/lib/db";
import { type Bounce, bounceIn } from "./bounce";
import { openAddress } from "./mail-service";
import { markRefused } from "./sending-service";

/** `refused`: nothing more is sent to that address. `kept`: not for good, or about another address than the one there is now. */
export type BounceOutcome = { outcome: "refused" | "kept"; status: string } | { outcome: "unknown" };

/** What servers answer to an address that is not there; the report has no such code. */
const NO_SUCH_ADDRESS = 550;

/**
 * Believed is only what names one of our mails, whose ids nobody can guess, and the address that it went to: whoever else writes
 * to the mailbox of bounces changes nothing.
 */
export async function takeBounce(message: string): Promise<BounceOutcome> {
  const bounce = bounceIn(message);
  const mail = bounce && (await db.mail.findUnique({ where: { id: bounce.mail }, select: { person: true } }));
  if (!bounce || !mail) return { outcome: "unknown" };
  const isTheirs = await isAddressOf(mail.person, bounce);
  if (!bounce.isForGood || !isTheirs) return { outcome: "kept", status: bounce.status };
  await markRefused(mail.person, NO_SUCH_ADDRESS);
  await db.mail.updateMany({ where: { id: bounce.mail, state: "sent" }, data: { state: "refused" } });
  return { outcome: "refused", status: bounce.status };
}

async function isAddressOf(person: string, { addresses }: Bounce): Promise<boolean> {
  const row = await db.mailAddress.findUnique({ where: { person } });
  return row !== null && addresses.includes(openAddress(person, row.sealed).toLowerCase());
}
