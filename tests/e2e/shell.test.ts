import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launchBrowser } from "../browser/browser";

const { origin } = inject("site");
/** What the site calls itself, whichever loopback name it is asked by. */
const own = new URL((await fetch(origin)).url).origin;
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe("addresses", () => {
  it.each([
    ["/torino/commons", "/torino/beni"],
    ["/it/torino", "/torino"],
    ["/en/torino/beni", "/en/torino/commons"],
    ["/en/accedi", "/en/sign-in"],
  ])("%s leads to %s", async (asked, expected) => {
    const response = await fetch(own + asked, { redirect: "manual" });
    expect(response.status).toBe(307);
    expect(new URL(response.headers.get("location") ?? "", own).href).toBe(own + expected);
  });

  it.each(["/nessun-comune", "/torino/nessuna-pagina", "/en/airasca"])("%s is not there", async (path) => {
    const response = await fetch(own + path);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain(
      path.startsWith("/en") ? "This page does not exist" : "Questa pagina non c’è",
    );
  });

  it("keeps page and query in the other language", async () => {
    const page = await browser.newPage();
    await page.goto(`${own}/torino?x=1`);
    await page.getByRole("banner").getByRole("link", { name: "English" }).click();
    await page.waitForURL(`${own}/en/torino?x=1`);
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    await page.getByRole("banner").getByRole("link", { name: "Italiano" }).click();
    await page.waitForURL(`${own}/torino?x=1`);
    await page.close();
  });

  it("are told to search engines in both languages", async () => {
    const page = await browser.newPage();
    await page.goto(`${own}/en/torino`);
    const link = (selector: string) => page.locator(`head link${selector}`).getAttribute("href");
    expect(await link("[rel=canonical]")).toBe(`${own}/en/torino`);
    expect(await link("[rel=alternate][hreflang=it]")).toBe(`${own}/torino`);
    expect(await page.locator('head meta[property="og:image"]').getAttribute("content")).toMatch(
      /\/share\.png$/,
    );
    await page.close();
    const sitemap = await (await fetch(`${own}/sitemap.xml`)).text();
    for (const path of ["/torino", "/aglie/fondi", "/en/torino/commons"])
      expect(sitemap).toContain(own + path);
    expect(await (await fetch(`${own}/robots.txt`)).text()).toContain(`Sitemap: ${own}/sitemap.xml`);
  });
});

describe("responses", () => {
  it("allow nothing inline and nothing from elsewhere, with a nonce of their own", async () => {
    const responses = await Promise.all([fetch(`${own}/torino`), fetch(`${own}/torino`)]);
    const [first = "", second = ""] = responses.map(
      (response) => response.headers.get("content-security-policy") ?? "",
    );
    // Forms may lead to the trial signer, which has a port of its own.
    const formAction = /form-action 'self' http:\/\/localhost:\d+(?:;|$)/;
    expect(first).toMatch(formAction);
    expect(first.replace(formAction, "")).not.toMatch(/unsafe|http:|https:|\*/);
    expect(first).not.toBe(second);
    const html = (await responses[0]?.text()) ?? "";
    expect(html).not.toMatch(/<[^>]+\sstyle=/);
    const ids = responses.map((response) => response.headers.get("x-request-id"));
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it("fetch nothing from another place", async () => {
    const page = await browser.newPage();
    const elsewhere: string[] = [];
    page.on("request", (request) => {
      if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== own)
        elsewhere.push(request.url());
    });
    await page.goto(`${own}/`);
    await page.locator("main svg[role=img]").waitFor();
    expect(elsewhere).toEqual([]);
    await page.close();
  });
});

describe("the theme", () => {
  it.each([true, false])("is chosen by a form and stays (JavaScript: %s)", async (javaScriptEnabled) => {
    const context = await browser.newContext({ javaScriptEnabled, colorScheme: "light" });
    const page = await context.newPage();
    await page.goto(`${own}/torino?x=1`);
    await page.getByRole("button", { name: "Passa al tema scuro" }).click();
    await page.waitForURL(`${own}/torino?x=1`);
    await page.locator("html[data-theme=dark]").waitFor();
    await page.goto(`${own}/en`);
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
    await page.getByRole("button", { name: "Switch to the light theme" }).click();
    await page.locator("html[data-theme=light]").waitFor();
    await context.close();
  });
});

describe("without a network", () => {
  it("a page of ours says so", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${own}/torino`);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await context.setOffline(true);
    await page.goto(`${own}/torino/beni`);
    await page.getByRole("heading", { name: "Non c’è rete" }).waitFor();
    // Its programs would run without an end at the address of another page.
    expect(await page.evaluate(() => document.scripts.length)).toBe(0);
    expect(await page.evaluate(() => document.querySelectorAll("link[as=script]").length)).toBe(0);
    expect(await page.evaluate(() => getComputedStyle(document.body).fontFamily)).toContain("titillium");
    await context.setOffline(false);
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Beni comuni" }).waitFor();
    await context.close();
  });
});

describe("one that is seventy", () => {
  it("reaches the content by keyboard, past the header", async () => {
    const page = await browser.newPage();
    await page.goto(`${own}/torino`);
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: "Vai al contenuto" });
    await skip.waitFor();
    expect(await skip.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
    await page.close();
  });

  it("finds every button large enough to press", async () => {
    const page = await browser.newPage({ viewport: { width: 320, height: 800 } });
    await page.goto(`${own}/torino`);
    await page.getByText("Menu", { exact: true }).click();
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("header a, header button, header summary, footer a, main button")]
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.height < 44 || box.width < 44))
        .map(({ element, box }) => `${element.textContent} ${box.width}×${box.height}`),
    );
    expect(small).toEqual([]);
    await page.close();
  });
});
