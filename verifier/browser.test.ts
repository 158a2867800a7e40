/** The verifier in Chromium says of every bundle what it says in Node, word for word; nothing it loads has a cookie. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleBrowserVerifier } from "@/scripts/browser-verifier";
import { launchBrowser } from "@/tests/browser/browser";
import { long } from "@/tests/long";
import { agreedBundles } from "@/tests/verifier/agreement";
import { MadeOrganisations } from "@/tests/verifier/organisations";
import { id } from "@/tests/verifier/sealed-round";
import { each } from "@/tests/verifier/verification";
import type { BrowserAnswer, BrowserQuestion } from "./browser-messages";
import { evidenceOfBundle } from "./chain/frames";
import { verifyRound } from "./verify-round";

// Node and Python are asked about all of them; here every fourth shows that the program is the same in a browser.
const bundles = agreedBundles(await MadeOrganisations.make()).filter((_, index) => long || index % 4 === 0);
let folder = "";
let server: Server;
let browser: Browser;
let page: Page;
let served: Uint8Array = new Uint8Array(0);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-verifier-"));
  await bundleBrowserVerifier(join(folder, "verifier.js"));
  const program = await readFile(join(folder, "verifier.js"));
  server = createServer(({ url }, response) => {
    const type = url === "/verifier.js" ? "text/javascript" : "text/html";
    response.setHeader("content-type", url === "/bundle" ? "application/octet-stream" : type);
    response.end(url === "/bundle" ? served : url === "/verifier.js" ? program : "<title>t</title>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  browser = await launchBrowser();
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
afterAll(async () => {
  await browser?.close();
  server?.close();
  await rm(folder, { recursive: true });
});

/** The last of what the worker tells. */
const inBrowser = (question: BrowserQuestion) =>
  page.evaluate(
    (asked) =>
      new Promise<BrowserAnswer>((resolve, reject) => {
        const kept = globalThis as { worker?: Worker };
        kept.worker ??= new Worker("/verifier.js");
        const { worker } = kept;
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.onmessage = ({ data }: MessageEvent<BrowserAnswer>) => {
          if (data.kind === "read" || data.kind === "progress") return;
          resolve(data);
        };
        worker.postMessage({ ...asked, bundle: new URL("/bundle", location.href).href });
      }),
    question,
  );

test.each(bundles)("$name", async ({ make }) => {
  served = await make();
  const here = await verifyRound(evidenceOfBundle(each([served])), { round: id });
  const there = await inBrowser({ bundle: "", round: id });
  expect(there).toEqual({ kind: "done", verification: JSON.parse(JSON.stringify(here)) });
});

test("what is no bundle, and a bundle of another round, is no evidence", async () => {
  served = await (bundles[0] as (typeof bundles)[number]).make();
  expect(await inBrowser({ bundle: "", round: "another" })).toEqual({ kind: "noEvidence" });
  served = Buffer.from("no bundle");
  expect(await inBrowser({ bundle: "", round: id })).toEqual({ kind: "noEvidence" });
});
