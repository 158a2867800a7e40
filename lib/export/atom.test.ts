import fc from "fast-check";
import { SaxesParser } from "saxes";
import { expect, it } from "vitest";
import { atomFeed } from "./atom";

it("whatever a title says, the feed is XML and says it, but for characters that XML has none for", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (title) => {
      const feed = atomFeed(
        {
          ...{ id: "urn:a", title: "Torino", author: "Torino", language: "it", updated: new Date(0) },
          ...{ self: "https://a.example/f?a=1&b=2", page: "https://a.example/" },
        },
        [
          {
            id: "urn:b",
            title,
            summary: title,
            link: "https://a.example/x",
            time: new Date(1_800_000_000_000),
          },
        ],
      );
      const titles: string[] = [];
      let current = "";
      const parser = new SaxesParser({ xmlns: true });
      parser.on("opentag", () => {
        current = "";
      });
      parser.on("text", (text) => {
        current += text;
      });
      parser.on("closetag", ({ local }) => {
        if (local === "title") titles.push(current);
      });
      parser.write(feed).close();
      const kept = title
        .toWellFormed()
        .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "");
      // Of line ends XML keeps one kind.
      expect(titles[1]).toBe(kept.replace(/\r\n?/g, "\n"));
    }),
  );
});
