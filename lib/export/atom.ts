import { xmlAttribute } from "./xml-text";

export type AtomFeed = {
  id: string;
  title: string;
  /** Where the feed itself is, and the page that it is about. */
  self: string;
  page: string;
  author: string;
  updated: Date;
  language: string;
};

export type AtomEntry = { id: string; title: string; summary?: string; time: Date; link: string };

/** A feed as Atom (RFC 4287), for readers of news. */
export function atomFeed(feed: AtomFeed, entries: readonly AtomEntry[]): string {
  const written = entries.map(
    ({ id, title, summary, time, link }) => `  <entry>
    <id>${xmlAttribute(id)}</id>
    <title>${xmlAttribute(title)}</title>
    <updated>${time.toISOString()}</updated>
    <link rel="alternate" type="text/html" href="${xmlAttribute(link)}"/>
${summary === undefined ? "" : `    <summary>${xmlAttribute(summary)}</summary>\n`}  </entry>
`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${feed.language}">
  <id>${xmlAttribute(feed.id)}</id>
  <title>${xmlAttribute(feed.title)}</title>
  <updated>${feed.updated.toISOString()}</updated>
  <author><name>${xmlAttribute(feed.author)}</name></author>
  <link rel="self" type="application/atom+xml" href="${xmlAttribute(feed.self)}"/>
  <link rel="alternate" type="text/html" href="${xmlAttribute(feed.page)}"/>
${written.join("")}</feed>
`;
}
