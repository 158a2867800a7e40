import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { innerRequests } from "./inner-request";
import { KeptPages, largestBytes } from "./kept-pages";
import { SlowConnections } from "./slow-connections";

let version: number | Error;
let made: number;
let pauseMs: number;
/** What the next page says and is sent with. */
let next: { status: number; headers: Record<string, string>; body: (nonce: string, asked: string) => string };
let server: Server;
let readers: SlowConnections;
let origin: string;
const sockets: Socket[] = [];

beforeEach(async () => {
  version = 1;
  made = 0;
  pauseMs = 5;
  next = {
    status: 200,
    headers: { "content-type": "text/html; charset=utf-8" },
    body: (nonce, asked) => `<script nonce="${nonce}"></script>${asked}`,
  };
  const make = async (request: IncomingMessage, response: ServerResponse) => {
    made += 1;
    const nonce = `nonce${made}`;
    response.writeHead(next.status, {
      "content-security-policy": `script-src 'nonce-${nonce}'`,
      ...next.headers,
      "x-request-id": `request${made}`,
      link: `</style.css>; rel=preload; nonce="${nonce}"`,
    });
    response.write("<!doctype html>");
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    response.end(next.body(nonce, JSON.stringify(request.headers)));
  };
  const changes = {
    now: async () => {
      if (version instanceof Error) throw version;
      return version;
    },
  };
  const pages = new KeptPages(
    changes,
    innerRequests((...asked) => void make(...asked), "cocity.example", largestBytes),
  );
  server = createServer((request, response) => {
    pages.answer(request, response, () => make(request, response)).catch(() => response.destroy());
  });
  readers = new SlowConnections(50);
  server.on("connection", (socket) => readers.watch(socket));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  readers.stop();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

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

  it("is made anew for those who ask after a write that came while it was made", async () => {
    const { get } = Map.prototype;
    let looks = 0;
    // Whoever looks again and again without a pause lets nothing else happen.
    Map.prototype.get = function (this: Map<unknown, unknown>, key: unknown) {
      if (key === "/torino" && ++looks > 1000) throw new Error("looked without an end");
      return get.call(this, key);
    };
    pauseMs = 100;
    try {
      const headers = { "accept-encoding": "gzip" };
      const first = visit("/torino", headers);
      await vi.waitFor(() => expect(made).toBe(1), { interval: 1 });
      version = 2;
      const others = [1, 2, 3].map(() => visit("/torino", headers));
      for (const { text } of await Promise.all([first, ...others])) expect(text).toContain("script");
    } finally {
      Map.prototype.get = get;
    }
    expect(made).toBe(2);
  });

  it("that is a proof is asked of the ledger each time", async () => {
    for (const path of ["/torino/verifica/ab12", "/en/torino/verify/ab12"]) {
      await visit(path);
      await visit(path);
    }
    expect(made).toBe(4);
  });

  it.each([
    ["referer", "https://elsewhere.example/secret"],
    ["accept-language", "x-secret"],
    ["user-agent", "secret"],
    ["accept", "text/html, secret/secret"],
    ["sec-ch-ua", "secret"],
    ["x-forwarded-for", "secret"],
    ["x-forwarded-host", "secret.example"],
    ["x-forwarded-proto", "secret"],
    ["te", "secret"],
  ])("says nothing of the %s of whoever came first", async (name, value) => {
    const first = await visit("/torino", { [name]: value });
    const second = await visit("/torino");
    expect(made).toBe(1);
    for (const { text, headers } of [first, second]) {
      expect(text + JSON.stringify([...headers])).not.toContain("secret");
      expect(text).toContain('"host":"cocity.example"');
    }
  });

  it("does not wait for those who do not read, who are cut off", async () => {
    next.body = (nonce) => `${nonce}${"x".repeat(900_000)}`;
    const silent = Array.from({ length: 20 }, () => {
      const socket = connect(Number(new URL(origin).port), "127.0.0.1");
      sockets.push(socket);
      socket.on("error", () => undefined);
      socket.pause();
      socket.write("GET /torino HTTP/1.1\r\nhost: cocity.example\r\n\r\n");
      return new Promise((resolve) => socket.on("close", resolve));
    });
    for (let turn = 0; turn < 5; turn += 1) {
      expect((await visit()).text).toHaveLength(900_000 + "<!doctype html>".length + 32);
      version = Number(version) + 1;
    }
    await vi.waitFor(async () => {
      const open = await new Promise<number>((resolve) =>
        server.getConnections((_, count) => resolve(count)),
      );
      expect(open).toBeLessThan(10);
    }, 20_000);
    for (const socket of sockets) socket.resume();
    await Promise.all(silent);
  });

  it("that is not kept is made once for the one who asks", async () => {
    next.status = 404;
    expect((await visit()).text).toContain("script");
    expect(made).toBe(1);
    next.body = () => "x".repeat(2_000_000);
    expect((await visit()).text).toHaveLength(2_000_015);
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
    ["a header that nobody has thought of", "/torino", { "x-new": "elsewhere" }],
    ["a machine that wants all at the beginning", "/torino", { "user-agent": "WhatsApp/2" }],
    ["signing in, which leads back", "/accedi", {}],
    ["signing in in English", "/en/sign-in", {}],
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
