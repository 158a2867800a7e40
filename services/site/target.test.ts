import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { Refusal } from "./refusal";
import { requireOwnPage } from "./target";

const hosts = { origin: "https://co-city.example" } as Parameters<typeof requireOwnPage>[1];
const posted = (url: string, headers: IncomingMessage["headers"]) =>
  requireOwnPage({ method: "POST", url, headers } as IncomingMessage, hosts);
const elsewhere = { origin: "https://garanti.example", "sec-fetch-site": "cross-site" };

describe("what a page of another site sends", () => {
  it("is refused, but for a check of a sealed ballot that is counted", () => {
    expect(() => posted("/api/sealed/torino/9f1c8e7a-0000/checked", elsewhere)).not.toThrow();
    for (const url of [
      "/torino",
      "/api/feedback/torino",
      "/api/sealed/torino/r/checked/x",
      "/api/sealed/a/b/c",
    ])
      expect(() => posted(url, elsewhere)).toThrow(Refusal);
  });

  it("is taken from the site's own", () => {
    expect(() => posted("/torino", { origin: hosts.origin, "sec-fetch-site": "same-origin" })).not.toThrow();
  });
});
