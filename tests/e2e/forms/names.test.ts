/** Names as people have them: decomposed accents, two spaces, a word longer than a telephone is wide. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launchBrowser } from "../../browser/browser";
import { signIn } from "../../browser/sign-in";

const { origin } = inject("site");
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe("a search", () => {
  it.each([
    ["Aglie\u0300", "Agliè"],
    ["AGLIÈ", "Agliè"],
    ["aglie", "Agliè"],
    ["Torrazza  Piemonte", "Torrazza Piemonte"],
    [" San\u00a0Carlo   Canavese ", "San Carlo Canavese"],
  ])("for %j finds %s", async (typed, found) => {
    const page = await browser.newPage();
    await page.goto(`${origin}/?nome=${encodeURIComponent(typed)}`);
    await page.getByText("1 Comune trovato").waitFor();
    expect(await page.getByRole("main").textContent()).toContain(found);
    await page.close();
  });
});

const pages = [
  "/torino",
  "/torino/beni",
  "/torino/bandi",
  "/torino/votazioni",
  "/torino/votazioni/pubblicate",
  "/torino/patti",
  "/torino/fondi",
  "/torino/case",
  "/torino/mio",
  "/torino/mio/dati",
  "/torino/proponi",
  "/torino/ufficio",
  "/torino/ufficio/proposte",
  "/torino/ufficio/linee",
  "/en/torino/commons",
];

it("no page of 320 pixels scrolls sideways, whatever its names", async () => {
  const context = await browser.newContext({ viewport: { width: 320, height: 800 } });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await signIn(page, origin, "Laura Giordano", "/torino");
  for (const path of pages) {
    await page.goto(origin + path);
    const sideways = await page.evaluate(() => {
      // Each text of the page gets one word of 35 letters, as a name could have it.
      const main = document.querySelector("main");
      const texts = main ? document.createTreeWalker(main, NodeFilter.SHOW_TEXT) : undefined;
      for (let text = texts?.nextNode() as Text | null; text; text = texts?.nextNode() as Text | null)
        if (
          /\p{L}{3}/u.test(text.data) &&
          !text.parentElement?.closest("script, style, option, button, thead")
        )
          text.data = text.data.replace(/\p{L}{3,}/u, "Precipitevolissimevolmenteprecipite");
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect(sideways, path).toBe(0);
  }
  await context.close();
});
