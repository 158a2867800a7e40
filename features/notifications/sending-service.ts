/** What one queued mail says and to whom, and what became of it. */

import { wordsIn } from "@/features/newsletters/newsletter-words";
import type { Mail, Prisma } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import type { Locale } from "@/lib/language/routing";
import { keyOf, placesAbout } from "./about-queries";
import { openAddress } from "./mail-service";
import type { NotificationView } from "./queries";
import type { About, Kind } from "./rules";

export type MailKind =
  | "duty"
  | "now"
  | "daily"
  | "weekly"
  | "confirm"
  | "test"
  | "newsletter"
  | "newsletterTest";

export type MailToSend = {
  id: string;
  kind: MailKind;
  createdAt: Date;
  person: { id: string; name: string; locale: Locale };
  municipality: { istatCode: string; slug: string; name: string };
  /** Empty where the person has given none that can be written to. */
  address: string;
  told: NotificationView[];
  newsletter?: { id: string; title: string; text: string };
};

/** As much as one mail tells; the rest is in the centre. */
export const MOST_TOLD = 100;

/** A mail that is still to be sent; undefined where it was settled, or nobody is there to read it. */
export async function mailToSend(id: string): Promise<MailToSend | undefined> {
  const mail = await db.mail.findUnique({ where: { id } });
  if (mail?.state !== "queued") return undefined;
  const { municipality: istatCode } = mail;
  const [person, municipality, address, rows] = await Promise.all([
    db.person.findUnique({ where: { id: mail.person, erasedAt: null } }),
    db.municipality.findUnique({ where: { istatCode } }),
    db.mailAddress.findUnique({ where: { person: mail.person } }),
    db.notification.findMany({
      where: { mail: id },
      include: { of: true },
      orderBy: { createdAt: "asc" },
      take: MOST_TOLD,
    }),
  ]);
  if (!person || !municipality) return undefined;
  const newsletter = await newsletterOf(mail);
  if (mail.newsletter && !newsletter) return undefined;
  const isConfirming = mail.kind === "confirm";
  const usable = address && !address.refusedAt && (isConfirming || address.confirmedAt !== null);
  const locale: Locale = person.language === "en" ? "en" : "it";
  const places = await placesAbout(
    istatCode,
    rows.map(({ of }) => of.about as About),
  );
  return {
    ...{ id, kind: mail.kind as MailKind, createdAt: mail.createdAt },
    person: { id: person.id, name: person.displayName ?? "", locale },
    ...(newsletter && { newsletter: { id: newsletter.id, ...wordsIn(locale, newsletter) } }),
    municipality: { istatCode, slug: municipality.slug, name: municipality.name },
    address: usable ? openAddress(person.id, address.sealed) : "",
    told: rows.map(({ event, kind, readAt, of }) => {
      const about = of.about as About;
      const place = places.get(keyOf(about));
      return {
        ...{ event, kind: kind as Kind, name: of.name, facts: of.facts as NotificationView["facts"] },
        ...{ day: of.day, about, isRead: readAt !== null, ...(place && { place }) },
      };
    }),
  };
}

/** What a mail brings; nothing to whoever has left meanwhile. */
async function newsletterOf({ newsletter: id, municipality, person, kind }: Mail) {
  if (!id) return undefined;
  const asked = await db.subscription.count({ where: { municipality, person, kind: "newsletter" } });
  if (kind === "newsletter" && asked === 0) return undefined;
  return (await db.newsletter.findFirst({ where: { id, municipality } })) ?? undefined;
}

/** What became of a mail. In a trial without a mail server it is kept as it would have left. */
export async function settleMail(
  id: string,
  state: "sent" | "dropped" | "refused",
  delivered?: Prisma.InputJsonObject,
): Promise<void> {
  await db.mail.updateMany({
    where: { id, state: "queued" },
    data: { state, settledAt: new Date(), ...(delivered && { delivered }) },
  });
}

/** Notes what the mail server said to a test, or why it said nothing. */
export async function noteAnswer(
  id: string,
  { code, answer }: { code: string; answer: string },
): Promise<void> {
  await db.mail.updateMany({
    where: { id, kind: "test", state: "queued" },
    data: { answer, answerCode: code },
  });
}

/** Notes that a mail server takes nothing for a person's address, so that nothing more is sent there. */
export async function markRefused(person: string, code: number): Promise<void> {
  await db.mailAddress.updateMany({
    where: { person, refusedAt: null },
    data: { refusedAt: new Date(), refusedCode: code },
  });
}
