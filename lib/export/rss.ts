import type { AtomEntry, AtomFeed } from "./atom";
import { xmlAttribute, xmlText } from "./xml-text";

/** The same feed as RSS 2.0, for readers that know no Atom. */
export function rssFeed(feed: AtomFeed, entries: readonly AtomEntry[]): string {
  const written = entries.map(
    ({ id, title, summary, time, link }) => `    <item>
      <guid isPermaLink="false">${xmlText(id)}</guid>
      <title>${xmlText(title)}</title>
      <link>${xmlText(link)}</link>
      <pubDate>${time.toUTCString()}</pubDate>
${summary === undefined ? "" : `      <description>${xmlText(summary)}</description>\n`}    </item>
`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>${xmlText(feed.title)}</title>
    <link>${xmlText(feed.page)}</link>
    <description>${xmlText(feed.author)}</description>
    <language>${feed.language}</language>
    <lastBuildDate>${feed.updated.toUTCString()}</lastBuildDate>
    <atom:link rel="self" type="application/rss+xml" href="${xmlAttribute(feed.self)}"/>
${written.join("")}  </channel>
</rss>
`;
}
