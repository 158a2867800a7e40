import { env } from "@/lib/env";

/**
 * Where mail goes: by a mail server, or in a trial that has none into a mailbox that its person reads on this site, or
 * nowhere. Only where there is one does any page speak of mail.
 */
export type MailMode = "smtp" | "mailbox" | "off";

/** `MAIL_FROM` says that there is a mail server; the site itself is not told how it is reached. */
export function mailMode(): MailMode {
  if (env.MAIL_FROM !== undefined) return "smtp";
  return env.IDENTITY_PROVIDER_SOCKET === undefined ? "off" : "mailbox";
}

/** SQL: who has an address that they have confirmed; in a trial without a mail server everybody has a mailbox. */
export function reachable(person: string, mode: "smtp" | "mailbox"): string {
  if (mode === "mailbox") return "true";
  return `EXISTS (SELECT 1 FROM public."MailAddress" a WHERE a.person = ${person}
    AND a."confirmedAt" IS NOT NULL AND a."refusedAt" IS NULL)`;
}
