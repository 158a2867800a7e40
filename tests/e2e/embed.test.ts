import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launchBrowser } from "../browser/browser";

const { origin } = inject("site");
let browser: Browser;
let elsewhere: Server;
let foreign: string;
let shown = "";

beforeAll(async () => {
  browser = await launchBrowser();
  elsewhere = createServer((_, response) =>
    response
      .setHeader("content-type", "text/html; charset=utf-8")
      .end(`<!doctype html><title>x</title>${shown}`),
  ).listen(0, "127.0.0.1");
  await once(elsewhere, "listening");
  foreign = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  elsewhere.close();
  await browser.close();
});

it("a card is copied from its page, and another site shows it, where its link leads back", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${origin}/torino/beni`);
  await page.locator("main a[href^='/torino/beni/']").first().click();
  const title = await page.locator("h1").textContent();
  await page.getByText("Mostralo in un altro sito").click();
  shown = await page.getByLabel("Codice da copiare").inputValue();
  const address = page.url();
  await page.goto(foreign);
  const card = page.frameLocator("iframe");
  expect(await card.locator("h1").textContent()).toBe(title);
  expect(await card.getByText("A che punto è").isVisible()).toBe(true);
  const opened = context.waitForEvent("page");
  await card.getByRole("link").click();
  expect((await opened).url()).toBe(address);
  await context.close();
});

it.each(["rounds", "money"])(
  "a card of %s follows the page it leads to, in both languages",
  async (subject) => {
    const context = await browser.newContext({ viewport: { width: 320, height: 600 } });
    const page = await context.newPage();
    await page.goto(`${origin}/torino/${subject === "money" ? "fondi" : "votazioni"}`);
    if (subject === "rounds") await page.locator("main a[href^='/torino/votazioni/']").first().click();
    // On a telephone it is folded with the other ways to pass a page on.
    if (subject === "rounds") await page.locator("summary", { hasText: "Passa parola" }).click();
    await page.getByText("Mostralo in un altro sito").click();
    const see = await page.getByRole("link", { name: "Guarda la scheda" }).getAttribute("href");
    for (const language of ["it", "en"]) {
      const answer = await page.goto(origin + see?.replace("lingua=it", `lingua=${language}`));
      expect(answer?.status()).toBe(200);
      expect(await page.locator("html").getAttribute("lang")).toBe(language);
      expect(await page.locator("dd").count()).toBeGreaterThan(2);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      expect(answer?.headers()["set-cookie"]).toBeUndefined();
      const known = { headers: { "if-none-match": answer?.headers().etag ?? "" } };
      expect((await fetch(origin + see?.replace("lingua=it", `lingua=${language}`), known)).status).toBe(304);
    }
    await context.close();
  },
);

it("no page but a card can be framed by another site", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  for (const path of ["/torino", "/torino/fondi", "/accedi", "/api/embed/torino/commons/non-esiste"]) {
    shown = `<iframe src="${origin}${path}"></iframe>`;
    await page.goto(foreign);
    const [, frame] = page.frames();
    // What Chromium shows instead of it.
    expect(frame?.url(), path).toMatch(/^chrome-error:/);
    const { headers } = await fetch(origin + path);
    expect(headers.get("content-security-policy"), path).toContain("frame-ancestors 'none'");
  }
  await context.close();
});
