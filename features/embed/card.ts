/** A small card about one thing that another site shows: text, terms with their values, and the way here. */
import { createHash } from "node:crypto";
import { htmlEscaped } from "@/lib/export/html-escaped";
import type { Locale } from "@/lib/language/routing";

export type Card = {
  /** The Comune, above the title. */
  owner: string;
  title: string;
  /** BCP 47 of title and text where it is not the card's own language. */
  language: Locale;
  text: string;
  facts: readonly { term: string; value: string }[];
  /** Said of invented or rebuilt data. */
  note: string | null;
  /** Whole address of the page, and the words of the link. */
  address: string;
  link: string;
};

const css = `:root{color-scheme:light dark}body{margin:0;font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
article{border:1px solid;border-radius:.25rem;padding:1rem}h1,h2{font-size:1.25rem;line-height:1.3;margin:0 0 .5rem}
p{margin:0 0 .75rem}dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:0 0 .75rem}dd{margin:0;font-weight:600}
a:focus-visible{outline:3px solid;outline-offset:2px}@media(max-width:24rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}`;

const cssHash = `sha256-${createHash("sha256").update(css).digest("base64")}`;

/** Any site may show a card; nothing runs in it, nothing is sent from it, and it loads nothing. */
export const cardHeaders: Readonly<Record<string, string>> = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": `default-src 'none'; style-src '${cssHash}'; base-uri 'none'; form-action 'none'; frame-ancestors *`,
  "cross-origin-resource-policy": "cross-origin",
  "cross-origin-opener-policy": "unsafe-none",
  "cache-control": "public, max-age=60",
};

/** The card as a page of its own, for a frame. */
export function cardPage(card: Card, locale: Locale): string {
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${htmlEscaped(card.title)} — ${htmlEscaped(card.owner)}</title>
<style>${css}</style>
</head>
<body>
${article(card, locale, "h1")}
</body>
</html>
`;
}

/** The card as markup that another site's page takes in as it is, without style, script or picture. */
export function cardMarkup(card: Card, locale: Locale): string {
  return article(card, locale, "h2");
}

/** A frame that shows the card at an address and may do nothing but open links. */
export function frameMarkup(address: string, title: string): string {
  return `<iframe src="${htmlEscaped(address)}" title="${htmlEscaped(title)}" width="100%" height="340" loading="lazy" referrerpolicy="no-referrer" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`;
}

function article(
  { owner, title, language, text, facts, note, address, link }: Card,
  locale: Locale,
  heading: string,
) {
  const lang = language === locale ? "" : ` lang="${language}"`;
  const rows = facts.map(({ term, value }) => `<dt>${htmlEscaped(term)}</dt><dd>${htmlEscaped(value)}</dd>`);
  return [
    `<article lang="${locale}">`,
    `<p>${htmlEscaped(owner)}</p>`,
    `<${heading}${lang}>${htmlEscaped(title)}</${heading}>`,
    ...(text ? [`<p${lang}>${htmlEscaped(text)}</p>`] : []),
    ...(rows.length > 0 ? [`<dl>${rows.join("")}</dl>`] : []),
    ...(note ? [`<p>${htmlEscaped(note)}</p>`] : []),
    `<p><a href="${htmlEscaped(address)}" target="_blank" rel="noopener">${htmlEscaped(link)}</a></p>`,
    "</article>",
  ].join("\n");
}
