import fc from "fast-check";
import { SaxesParser } from "saxes";
import { expect, it } from "vitest";
import { atomFeed } from "./atom";
import { rssFeed } from "./rss";

const feed = {
  ...{ id: "urn:a", title: "Torino", author: "Torino", language: "it", updated: new Date(0) },
  ...{ self: "https://a.example/f?a=1&b=2", page: "https://a.example/" },
};
const time = new Date(1_800_000_000_000);

/** The texts of the elements of one name, and the attributes of all, of what has to be XML. */
function read(xml: string): { texts: Map<string, string[]>; attributes: string[] } {
  const texts = new Map<string, string[]>();
  const attributes: string[] = [];
  let current = "";
  const parser = new SaxesParser({ xmlns: true });
  parser.on("opentag", (tag) => {
    current = "";
    attributes.push(...Object.values(tag.attributes).map(({ value }) => value));
  });
  parser.on("text", (text) => {
    current += text;
  });
  parser.on("closetag", ({ local }) => {
    texts.set(local, [...(texts.get(local) ?? []), current]);
    current = "";
  });
  parser.write(xml).close();
  return { texts, attributes };
}

it.each([
  { name: "Atom", written: atomFeed },
  { name: "RSS", written: rssFeed },
])(
  "$name: whatever a title says, the feed is XML and says it, but for characters that XML has none for",
  ({ written }) => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (title) => {
        const entry = { id: "urn:b", title, summary: title, link: "https://a.example/x", time };
        const { texts, attributes } = read(written(feed, [entry]));
        const kept = title
          .toWellFormed()
          .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "");
        // Of line ends XML keeps one kind.
        expect(texts.get("title")?.[1]).toBe(kept.replace(/\r\n?/g, "\n"));
        expect(attributes).toContain(feed.self);
      }),
    );
  },
);

it("an item of RSS says when by the date of mail, and which it is for good", () => {
  const { texts } = read(
    rssFeed(feed, [{ id: "urn:b", title: "Aperto", link: "https://a.example/x", time }]),
  );
  expect(texts.get("pubDate")).toEqual(["Fri, 15 Jan 2027 08:00:00 GMT"]);
  expect(texts.get("guid")).toEqual(["urn:b"]);
  expect(texts.get("link")).toEqual(["https://a.example/", "", "https://a.example/x"]);
});
