import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launchBrowser } from "../browser/browser";
import { signIn } from "../browser/sign-in";
import { audit } from "./audit";

const { origin } = inject("site");
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe("pages of the site", () => {
  it.each([
    "/",
    "/?nome=san",
    "/?nome=xyzzy",
    "/en",
    "/accedi",
    "/accedi?error=OAuthCallback",
    "/en/sign-in?uscito=1",
    "/accessibilita",
    "/en/accessibility",
    "/privacy",
    "/senza-rete",
    "/torino",
    "/en/aglie",
    "/nessun-comune",
    "/torino/nessuna-pagina",
  ])("%s", async (path) => {
    expect(await audit(browser, (page) => page.goto(origin + path))).toEqual([]);
  });
});

describe("pages of a person", () => {
  it("the trial provider's choice of people", async () => {
    const wrong = await audit(browser, async (page) => {
      await page.goto(`${origin}/accedi`);
      await page.getByRole("button", { name: "Accedi con l’accesso di prova" }).click();
      await page.getByRole("button", { name: "Giulia Ferrero" }).waitFor();
    });
    expect(wrong).toEqual([]);
  });

  it.each(["/torino/mio", "/en/torino/mine/data"])("%s", async (path) => {
    expect(await audit(browser, (page) => signIn(page, origin, "Laura Giordano", path))).toEqual([]);
  });

  it("a form that was refused", async () => {
    const wrong = await audit(browser, async (page) => {
      await signIn(page, origin, "Laura Giordano", "/torino/mio/dati");
      await page.getByLabel(/Scrivimi per email/).check();
      await page.getByLabel(/indirizzo email/).fill("nobody");
      await page.getByRole("button", { name: "Salva lingua e avvisi" }).click();
      await page.getByText("C’è una cosa da correggere").waitFor();
    });
    expect(wrong).toEqual([]);
  });

  it("the menu, open", async () => {
    const wrong = await audit(browser, async (page) => {
      await page.goto(`${origin}/torino`);
      const menu = page.getByText("Menu", { exact: true });
      if (await menu.isVisible()) await menu.click();
    });
    expect(wrong).toEqual([]);
  });
});
