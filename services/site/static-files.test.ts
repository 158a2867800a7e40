import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compressScripts } from "@/scripts/compress-scripts";
import { answerStatic } from "./static-files";

const text = `export const words = ${JSON.stringify("parola ".repeat(1_000))};`;
let folder = "";
let server: Server;
let origin = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "static-"));
  await mkdir(join(folder, "static", "chunks"), { recursive: true });
  await writeFile(join(folder, "static", "chunks", "a~1.js"), text);
  await writeFile(join(folder, "static", "chunks", "small.js"), "1");
  await compressScripts(join(folder, "static"));
  await writeFile(join(folder, "secret.js.br"), "secret");
  server = createServer((request, response) => {
    answerStatic(request, response, folder).then((answered) => {
      if (!answered) response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const ask = (path: string, encoding = "gzip, br") =>
  fetch(origin + path, { headers: { "accept-encoding": encoding } });

it("sends a script as the build compressed it, to be kept for good", async () => {
  const response = await ask("/_next/static/chunks/a~1.js?dpl=1");
  expect([response.status, await response.text()]).toEqual([200, text]);
  expect(response.headers.get("content-encoding")).toBe("br");
  expect(Number(response.headers.get("content-length"))).toBeLessThan(200);
  expect(response.headers.get("cache-control")).toContain("immutable");
});

it.each([
  ["a small file", "/_next/static/chunks/small.js", "br"],
  ["a file that is not there", "/_next/static/chunks/b.js", "br"],
  ["a browser without Brotli", "/_next/static/chunks/a~1.js", "gzip"],
  ["a browser that refuses it", "/_next/static/chunks/a~1.js", "gzip, br;q=0"],
  ["a page", "/torino", "br"],
  ["a path that leads out", "/_next/static/%2e%2e/secret.js", "br"],
  ["a path with dots", "/_next/static/chunks/..%2f..%2fsecret.js", "br"],
])("leaves %s to others", async (_, path, encoding) => {
  expect((await ask(path, encoding)).status).toBe(404);
});
