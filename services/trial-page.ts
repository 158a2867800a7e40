/** What the pages of the trial's own programs, the identity provider and the signer, have in common. */

export type PageLanguage = "it" | "en";

export const pageStyles = `
:root { color-scheme: light dark; }
body { font: 1.125rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 1rem; }
.warning { border: 3px solid; padding: .75rem 1rem; }
ul { list-style: none; padding: 0; display: grid; gap: .5rem; }
button { font: inherit; min-height: 2.75rem; padding: .5rem 1rem; text-align: left; cursor: pointer; }
li button { width: 100%; }
button:focus-visible { outline: 3px solid; outline-offset: 2px; }
small { display: block; font-size: 1rem; }
`;

/** A whole page in plain HTML without scripts. @param title and body are markup already */
export function trialPage(
  { language, styles }: { language: PageLanguage; styles: string },
  title: string,
  body: string,
): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${title} — Co-City</title><link rel="stylesheet" href="${escapeHtml(styles)}"></head>
<body><main><h1>${title}</h1>${body}</main></body></html>`;
}

/** Text as it stands in markup and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
