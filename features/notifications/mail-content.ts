/** The words of a mail, made when it is sent. */
import { createTranslator } from "use-intl/core";
import { env } from "@/lib/env";
import { formatDate } from "@/lib/format";
import { messagesIn } from "@/lib/language/messages";
import { pathOf } from "@/lib/language/path";
import type { Locale } from "@/lib/language/routing";
import { placePhrases } from "@/lib/phrases";
import { nameOf, pageOf, sentenceOf, type Translators } from "./line-words";
import { htmlText, type MailLine, type MailWords, plainText, subjectLine } from "./mail-text";
import { sealLink } from "./mail-token";
import { newsletterContentOf } from "./newsletter-content";
import type { MailToSend } from "./sending-service";
import { unsubscribeHeaders } from "./unsubscribe-headers";

export type MailContent = {
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
};

/** Subject, both parts and headers; undefined where nothing is left to tell. */
export function contentOf(mail: MailToSend): MailContent | undefined {
  if (mail.newsletter) return newsletterContentOf(mail, mail.newsletter, translatorsIn(mail.person.locale).t);
  const { kind, told, person, municipality } = mail;
  if (kind === "newsletter" || kind === "newsletterTest") return undefined;
  const { locale } = person;
  if (kind !== "confirm" && kind !== "test" && told.length === 0) return undefined;
  const translators = translatorsIn(locale);
  const { t } = translators;
  const params = { municipality: municipality.slug };
  const lines = told.map((one): MailLine => {
    const { page, params: where } = pageOf(municipality.slug, one);
    return {
      ...{ name: nameOf(one), sentence: sentenceOf(translators, locale, one) },
      ...{ day: formatDate(one.day, locale), url: env.ORIGIN + pathOf(locale, page, where) },
    };
  });
  const first = lines[0];
  const subject = subjectLine(
    t(`mail.subject.${kind}`, {
      count: lines.length,
      first: first ? [first.name, first.sentence].filter(Boolean).join(": ") : "",
      ...placePhrases("municipality", municipality.name, locale),
    }),
  );
  const chosen = [...new Set(told.map((one) => one.kind))].filter((one) => one !== "duty");
  const isChosen = kind !== "duty" && chosen.length > 0;
  const unsubscribe = isChosen ? sealLink({ do: "unsubscribe", ...whose(mail), kinds: chosen }) : undefined;
  const words: MailWords = {
    ...{ locale, subject, lines },
    greeting: t("mail.greeting", { name: person.name }),
    intro: t(`mail.intro.${kind}`, { count: lines.length, municipality: municipality.name }),
    ...(kind === "confirm" && {
      button: {
        label: t("mail.confirm"),
        url: env.ORIGIN + pathOf(locale, "/confirm-address", {}, { link: confirmLink(mail) }),
      },
    }),
    reason: t(`mail.reason.${kind}`, { municipality: municipality.name }),
    links: [
      ...(kind === "confirm"
        ? []
        : [
            {
              label: t("mail.preferences"),
              url: env.ORIGIN + pathOf(locale, "/[municipality]/mine/notifications/settings", params),
            },
          ]),
      ...(unsubscribe
        ? [
            {
              label: t("mail.unsubscribe"),
              url: env.ORIGIN + pathOf(locale, "/unsubscribe", {}, { link: unsubscribe }),
            },
          ]
        : []),
    ],
    sender: t("mail.sender", { municipality: municipality.name }),
  };
  return {
    subject,
    text: plainText(words),
    html: htmlText(words),
    headers: {
      "Auto-Submitted": "auto-generated",
      ...(unsubscribe && unsubscribeHeaders(unsubscribe)),
    },
  };
}

function confirmLink(mail: MailToSend): string {
  return sealLink({ do: "confirm", ...whose(mail), address: mail.address });
}

function whose({ municipality: { istatCode: municipality }, person: { id, locale } }: MailToSend) {
  return { municipality, person: id, locale };
}

const made = new Map<Locale, Translators>();

function translatorsIn(locale: Locale): Translators {
  const known = made.get(locale);
  if (known) return known;
  const of = (namespace: string) =>
    createTranslator({ locale, messages: messagesIn(locale), namespace: namespace as never });
  const translators = {
    t: of("notifications"),
    thread: of("thread"),
    steps: of("workflow.steps"),
  } as unknown as Translators;
  made.set(locale, translators);
  return translators;
}
