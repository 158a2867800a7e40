import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launchBrowser } from "../browser/browser";

const { origin } = inject("site");
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it("a call’s dates are a calendar, which a town’s has too", async () => {
  const page = await browser.newPage();
  await page.goto(`${origin}/torino/bandi`);
  await page.getByRole("main").getByRole("heading", { level: 2 }).first().waitFor();
  await page.locator("main article a").first().click();
  const href = await page.getByRole("link", { name: "Metti le date in calendario" }).getAttribute("href");
  const answer = await fetch(origin + href);
  expect(answer.headers.get("content-type")).toContain("text/calendar");
  const own = await answer.text();
  expect(own).toMatch(/^BEGIN:VCALENDAR\r\n/);
  const uids = [...own.matchAll(/UID:(.*)\r\n/g)].map(([, uid]) => uid);
  expect(uids).toHaveLength(2);
  const foot = page.getByRole("contentinfo").getByRole("link", { name: "Le scadenze nel tuo calendario" });
  const all = await (await fetch(origin + (await foot.getAttribute("href")))).text();
  for (const uid of uids) expect(all).toContain(uid);
  const other = await fetch(origin + href?.replace("/torino/", "/aglie/"));
  expect(other.status).toBe(404);
  await page.close();
});

it("a page’s address is sent by mail without scripts, and copied with them", async () => {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  await page.goto(`${origin}/en/torino/pacts`);
  await page.locator("main a[href^='/en/torino/pacts/']").first().click();
  const mail = await page.getByRole("link", { name: "Send it to somebody" }).getAttribute("href");
  expect(decodeURIComponent(mail ?? "")).toContain("/en/torino/pacts/");
  await page.getByRole("button", { name: "Copy the address" }).click();
  await page.getByText("Copied", { exact: true }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("/en/torino/pacts/");
  await context.close();
});

it("a term is explained where it is met, and leads to its place among the words", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${origin}/torino/patti`);
  await page.getByText("Che cosa vuol dire: Patto di collaborazione").click();
  await page.getByRole("link", { name: "Tutte le parole" }).first().click();
  await page.waitForURL(/\/parole#pact$/);
  expect(await page.locator("#pact").textContent()).toContain("Patto di collaborazione");
  await context.close();
});
