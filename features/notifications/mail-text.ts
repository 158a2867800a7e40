/** A mail as people read it: subject, plain text, and the same as HTML. Pure. */

import { htmlEscaped } from "@/lib/export/html-escaped";
import type { Locale } from "@/lib/language/routing";
import { webAddresses } from "@/lib/web-addresses";
import { oneLine } from "./rules";

export type MailLine = { name: string; sentence: string; day: string; url: string };
export type MailLinkText = { label: string; url: string };

export type MailWords = {
  locale: Locale;
  subject: string;
  greeting: string;
  intro: string;
  lines: readonly MailLine[];
  /** What an office wrote, in paragraphs. */
  text?: string;
  /** The one thing to do, where there is one. */
  button?: MailLinkText;
  /** Why this mail came and how to change it. */
  reason: string;
  links: readonly MailLinkText[];
  sender: string;
};

const MOST_IN_SUBJECT = 120;

export function subjectLine(text: string): string {
  const line = oneLine(text);
  const letters = [...line];
  return letters.length > MOST_IN_SUBJECT ? `${letters.slice(0, MOST_IN_SUBJECT - 1).join("")}…` : line;
}

export function plainText({
  greeting,
  intro,
  lines,
  text,
  button,
  reason,
  links,
  sender,
}: MailWords): string {
  const told = lines.map(({ name, sentence, day, url }) =>
    [`- ${[oneLine(name), oneLine(sentence)].filter(Boolean).join(": ")} (${day})`, `  ${url}`].join("\n"),
  );
  const action = button ? [`${button.label}:\n${button.url}`] : [];
  const footer = ["-- ", oneLine(sender), reason, ...links.map(({ label, url }) => `${label}: ${url}`)];
  return `${[greeting, intro, ...(text ? [text] : []), ...told, ...action, footer.join("\n")].join("\n\n")}\n`;
}

/** Without pictures, scripts or anything that is fetched: opening it tells nobody anything. */
export function htmlText({ locale, subject, ...words }: MailWords): string {
  const { greeting, intro, lines, text = "", button, reason, links, sender } = words;
  const told = lines
    .map(
      ({ name, sentence, day, url }) =>
        `<li style="margin:0 0 16px"><a href="${htmlEscaped(url)}" style="color:#0066cc">${htmlEscaped(
          oneLine(name) || oneLine(sentence),
        )}</a>${name ? `: ${htmlEscaped(oneLine(sentence))}` : ""}<br><span style="color:#455b71">${htmlEscaped(day)}</span></li>`,
    )
    .join("");
  const action = button
    ? `<p style="margin:24px 0"><a href="${htmlEscaped(button.url)}" style="background:#0066cc;color:#ffffff;padding:12px 24px;text-decoration:none;display:inline-block">${htmlEscaped(button.label)}</a></p>`
    : "";
  const footer = links
    .map(({ label, url }) => `<a href="${htmlEscaped(url)}" style="color:#0066cc">${htmlEscaped(label)}</a>`)
    .join("<br>");
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${htmlEscaped(
    subject,
  )}</title></head><body style="margin:0;padding:24px;background:#ffffff;color:#17324d;font:16px/1.5 'Titillium Web',Arial,sans-serif"><div style="max-width:600px;margin:0 auto"><p style="font-weight:bold;font-size:20px;margin:0 0 24px">${htmlEscaped(
    oneLine(sender),
  )}</p><p>${htmlEscaped(greeting)}</p><p>${htmlEscaped(intro)}</p>${paragraphs(text)}${told && `<ul style="padding:0 0 0 20px">${told}</ul>`}${action}<p style="border-top:1px solid #c5c7c9;padding-top:16px;color:#455b71;font-size:14px">${htmlEscaped(
    reason,
  )}<br>${footer}</p></div></body></html>`;
}

/** Paragraphs, lines within them, and addresses that can be followed. */
function paragraphs(text: string): string {
  if (text === "") return "";
  return text
    .split(/\n{2,}/)
    .map((paragraph) => {
      const parts = paragraph.split(webAddresses).map((part, index) => {
        const safe = htmlEscaped(part).replaceAll("\n", "<br>");
        return index % 2 === 1 ? `<a href="${safe}" style="color:#0066cc">${safe}</a>` : safe;
      });
      return `<p>${parts.join("")}</p>`;
    })
    .join("");
}
