import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { KeptPages } from "./kept-pages";

let version: number | Error;
let made: number;
/** What the next page says and is sent with. */
let next: { status: number; headers: Record<string, string>; body: (nonce: string) => string };
let server: Server;
let origin: string;

beforeEach(async () => {
  version = 1;
  made = 0;
  next = {
    status: 200,
    headers: { "content-type": "text/html; charset=utf-8" },
    body: (nonce) => `<script nonce="${nonce}"></script>`,
  };
  const pages = new KeptPages({
    now: async () => {
      if (version instanceof Error) throw version;
      return version;
    },
  });
  server = createServer((request, response) => {
    const make = async () => {
      made += 1;
      const nonce = `nonce${made}`;
      response.writeHead(next.status, {
        ...next.headers,
        "x-request-id": `request${made}`,
        link: `</style.css>; rel=preload; nonce="${nonce}"`,
      });
      response.write("<!doctype html>");
      await new Promise((resolve) => setTimeout(resolve, 5));
      response.end(next.body(nonce));
    };
    // As Next sets it: before the page is begun.
    response.setHeader("content-security-policy", `script-src 'nonce-nonce${made + 1}'`);
    pages.answer(request, response, make).catch(() => response.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise((closed) => server.close(closed)));

async function visit(path = "/torino", headers: Record<string, string> = {}) {
  const response = await fetch(origin + path, { headers });
  return { headers: response.headers, text: await response.text() };
}

describe("a page for anybody", () => {
  it("is made once while nothing is written", async () => {
    await visit();
    await visit();
    await Promise.all([visit(), visit()]);
    expect(made).toBe(1);
  });

  it("is made once for many who come at the same time", async () => {
    const pages = await Promise.all(Array.from({ length: 5 }, () => visit()));
    expect(made).toBe(1);
    expect(new Set(pages.map(({ text }) => text)).size).toBe(5);
  });

  it("takes its time and is still made once for those who wait", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      next.body = () => {
        vi.advanceTimersByTime(60_000);
        return "late";
      };
      await Promise.all(Array.from({ length: 5 }, () => visit()));
      expect(made).toBe(1);
      vi.advanceTimersByTime(2_000);
      await visit();
      expect(made).toBe(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it("that is made after a write is also for those who asked before it", async () => {
    const [first, second] = [visit(), visit()];
    version = 2;
    await Promise.all([first, second, visit()]);
    expect(made).toBeLessThanOrEqual(2);
  });

  it("that is a proof is asked of the ledger each time", async () => {
    for (const path of ["/torino/verifica/ab12", "/en/torino/verify/ab12"]) {
      await visit(path);
      await visit(path);
    }
    expect(made).toBe(4);
  });

  it("has a nonce and an id of its own each time, the same in page and headers", async () => {
    await visit();
    const [first, second] = [await visit(), await visit()];
    for (const { headers, text } of [first, second]) {
      const nonce = /nonce="(\w+)"/.exec(text)?.[1] ?? "none";
      expect(nonce).toMatch(/^[0-9a-f]{32}$/);
      expect(headers.get("content-security-policy")).toBe(`script-src 'nonce-${nonce}'`);
      expect(headers.get("link")).toContain(`nonce="${nonce}"`);
    }
    expect(first.text).not.toBe(second.text);
    expect(first.headers.get("x-request-id")).not.toBe(second.headers.get("x-request-id"));
  });

  it("is made again after a write, and where the database does not answer", async () => {
    await visit();
    version = 2;
    next.body = () => "changed";
    expect((await visit()).text).toContain("changed");
    version = new Error("no database");
    await visit();
    await visit();
    expect(made).toBe(4);
  });
});

describe("no page for anybody", () => {
  it.each([
    ["a cookie", "/torino", { cookie: "session=1" }],
    ["a part for the router", "/torino", { rsc: "1" }],
    ["a header that nobody has thought of", "/torino", { "x-forwarded-host": "elsewhere" }],
    ["a question", "/torino?cerca=x", {}],
    ["an answer of the interface for programs", "/api/health", {}],
  ])("%s", async (_, path, headers) => {
    await visit(path, headers as Record<string, string>);
    await visit(path, headers as Record<string, string>);
    expect(made).toBe(2);
  });

  it.each([
    ["a failure", { status: 500 }],
    ["a cookie that is set", { headers: { "content-type": "text/html", "set-cookie": "a=b" } }],
    ["another type", { headers: { "content-type": "application/json" } }],
    ["an error in a part of it", { body: () => '<template data-dgst="1"></template>' }],
  ])("%s", async (_, change) => {
    next = { ...next, ...change };
    await visit();
    await visit();
    expect(made).toBe(2);
  });
});
