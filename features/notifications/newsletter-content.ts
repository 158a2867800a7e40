/** A newsletter as a mail. */
import { env } from "@/lib/env";
import { pathOf } from "@/lib/language/path";
import type { Translators } from "./line-words";
import type { MailContent } from "./mail-content";
import { htmlText, type MailWords, plainText, subjectLine } from "./mail-text";
import { sealLink } from "./mail-token";
import type { MailToSend } from "./sending-service";
import { unsubscribeHeaders } from "./unsubscribe-headers";

export function newsletterContentOf(
  { kind, person: { id: person, locale, name }, municipality }: MailToSend,
  newsletter: NonNullable<MailToSend["newsletter"]>,
  t: Translators["t"],
): MailContent {
  const isTest = kind === "newsletterTest";
  const link = isTest
    ? undefined
    : sealLink({ do: "leaveNewsletter", municipality: municipality.istatCode, person, locale });
  const { title, text, id } = newsletter;
  const subject = subjectLine(isTest ? t("mail.subject.newsletterTest", { title }) : title);
  const params = { municipality: municipality.slug, newsletter: id };
  const words: MailWords = {
    ...{ locale, subject, lines: [], text },
    greeting: t("mail.greeting", { name }),
    intro: t("mail.intro.newsletter", { municipality: municipality.name }),
    reason: t(isTest ? "mail.reason.newsletterTest" : "mail.reason.newsletter"),
    links: link
      ? [
          {
            label: t("mail.onSite"),
            url: env.ORIGIN + pathOf(locale, "/[municipality]/newsletters/[newsletter]", params),
          },
          {
            label: t("mail.leaveNewsletter"),
            url: env.ORIGIN + pathOf(locale, "/unsubscribe", {}, { link }),
          },
        ]
      : [],
    sender: t("mail.sender", { municipality: municipality.name }),
  };
  return {
    subject,
    text: plainText(words),
    html: htmlText(words),
    headers: { "Auto-Submitted": "auto-generated", ...(link && unsubscribeHeaders(link)) },
  };
}
