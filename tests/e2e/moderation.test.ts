import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launchBrowser } from "../browser/browser";
import { signIn } from "../browser/sign-in";

const { origin } = inject("site");
const call = "/torino/bandi/hai-un-luogo-in-mente-sportello-sempre-aperto";
const [author, reporter, officer, guarantor] = [
  "Teresa Actis",
  "Marco Bonino",
  "Laura Giordano",
  "Maria Zanetti",
] as const;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe.each([
  ["upheld, with JavaScript", true, "Accolgo: il commento torna visibile"],
  ["dismissed, without", false, "Respingo: il commento resta nascosto"],
] as const)("a comment that is reported, hidden and objected to; %s", (_, javaScriptEnabled, outcome) => {
  const isUpheld = outcome.startsWith("Accolgo");
  const text = `Chi ha scritto questo non capisce nulla. ${isUpheld ? "Uno" : "Due"}`;
  const facts = "Le parole «non capisce nulla», rivolte a chi ha proposto.";
  let discussion = "";
  let comment = "";

  async function as(
    name: string | undefined,
    path: string,
    act: (page: Page) => Promise<void>,
  ): Promise<void> {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    try {
      if (name) await signIn(page, origin, name, path);
      else await page.goto(origin + path);
      await act(page);
    } finally {
      await end(context);
    }
  }

  it("is written, and has an address of its own", async () => {
    await as(author, call, async (page) => {
      await page.goto(origin + (await hrefOf(page, /^\/torino\/beni\/[^/]+$/)));
      discussion = await hrefOf(page, /\/commenti\/su\/proposal\//);
      await page.goto(origin + discussion);
      const form = page.locator('form[id^="comment-"]').last();
      await form.getByLabel("Un argomento contro").check();
      await form.locator('textarea[name="text"]').fill(text);
      await form.getByRole("button", { name: "Pubblica il commento" }).click();
      const article = page.locator("article", { hasText: text }).first();
      await article.waitFor();
      expect(await article.getByText("Contro", { exact: true }).count()).toBe(1);
      comment = (await article.getByRole("link").first().getAttribute("href")) ?? "";
      expect(comment).toMatch(/^\/torino\/commenti\/[0-9a-f-]{36}$/);
    });
  });

  it("is reported, with a receipt to come back to", async () => {
    await as(reporter, comment, async (page) => {
      await open(page, "Segnala il commento");
      const form = page.locator('form[id^="report-"]');
      await form.getByLabel("Offende o minaccia una persona").check();
      await form.getByRole("button", { name: "Invia la segnalazione" }).click();
      await page.getByText("Segnalazione ricevuta").waitFor();
      expect(new URL(page.url()).pathname).toBe("/torino/mio/segnalazioni");
      await page.goto(`${origin}/torino/mio/segnalazioni`);
      await page.getByText("Da decidere").first().waitFor();
    });
    await as(undefined, comment, async (page) => {
      await page.getByText(text).waitFor();
    });
  });

  it("is hidden by an office from its queue, with a statement of reasons", async () => {
    await as(officer, "/torino/ufficio?tipo=comments", async (page) => {
      await page.getByText("Decidi su un commento segnalato").first().waitFor();
      await page.goto(`${origin}/torino/ufficio/moderazione`);
      await page.getByRole("link", { name: text }).click();
      await page.waitForURL(/\/moderazione\/[0-9a-f-]{36}$/);
      expect(await page.getByText(reporter).count()).toBe(0);
      await open(page, "Nascondi il commento");
      const form = page.locator('form[id^="hide-"]');
      await form.getByLabel("Offende o minaccia una persona").check();
      await form.getByLabel(/^Fatti/).fill(facts);
      await form.getByRole("button", { name: "Nascondi il commento" }).click();
      // What is missing is said, and nothing typed is lost.
      await page.getByText(/^C’è una cosa da correggere/).waitFor();
      expect(await form.getByLabel(/^Fatti/).inputValue()).toBe(facts);
      await form.getByLabel(/^Perché i fatti/).fill("Insulta una persona invece di parlare della proposta.");
      await form.getByRole("button", { name: "Nascondi il commento" }).click();
      await page.getByText("Deciso: nascosto").waitFor();
    });
    await as(undefined, comment, async (page) => {
      await page.getByText(/Commento nascosto da un ufficio/).waitFor();
      expect(await page.getByText(text).count()).toBe(0);
      expect(await page.getByText(facts).count()).toBe(0);
    });
  });

  it("is objected to by its author, who has read why", async () => {
    await as(author, "/torino/mio/segnalazioni", async (page) => {
      await page.getByRole("link", { name: text }).click();
      await page.waitForURL(origin + comment);
      for (const words of [facts, "Da una o più segnalazioni", "Nessuno, né per trovarlo né per decidere"])
        await page.getByText(words).waitFor();
      await page.getByLabel("Perché il commento dovrebbe tornare visibile").fill("È una critica al testo.");
      await page.getByRole("button", { name: "Invia l’opposizione" }).click();
      await page.getByText("In attesa di una decisione").waitFor();
    });
  });

  it("is decided on by somebody else than who hid it", async () => {
    let path = "";
    await as(guarantor, "/torino/ufficio/moderazione", async (page) => {
      path = (await page.getByRole("link", { name: text }).getAttribute("href")) ?? "";
    });
    await as(officer, path, async (page) => {
      await page.getByText("Lo decide qualcun altro").waitFor();
      expect(await page.locator('form[id^="decide-"]').count()).toBe(0);
    });
    await as(guarantor, path, async (page) => {
      const form = page.locator('form[id^="decide-"]');
      await form.getByLabel(outcome).check();
      await form.getByLabel("Ragioni").fill("Ho riletto tutto.");
      await form.getByRole("button", { name: "Decidi" }).click();
      await page.getByText(isUpheld ? /^Opposizione accolta/ : /^Opposizione respinta/).waitFor();
      await page.goto(`${origin}/torino/ufficio/moderazione/diario`);
      for (const entry of ["Segnalato", "Nascosto", "Opposizione"])
        await page.getByText(entry, { exact: true }).first().waitFor();
      for (const name of [author, reporter]) expect(await page.getByText(name).count()).toBe(0);
    });
    await as(undefined, comment, async (page) => {
      await page.getByText(isUpheld ? text : /Commento nascosto da un ufficio/).waitFor();
    });
    await as(author, "/torino/mio/segnalazioni", async (page) => {
      await page
        .getByText(isUpheld ? /^Opposizione accolta/ : /^Opposizione respinta/)
        .first()
        .waitFor();
    });
  });
});

it("a comment that was changed shows how it read before, and is quoted and supported by others", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await signIn(page, origin, author, call);
  await page.goto(origin + (await hrefOf(page, /^\/torino\/beni\/[^/]+$/)));
  await page.goto(origin + (await hrefOf(page, /\/commenti\/su\/proposal\//)));
  const form = page.locator('form[id^="comment-"]').last();
  await form.locator('textarea[name="text"]').fill("Servono due panchine verdi.");
  await form.getByRole("button", { name: "Pubblica il commento" }).click();
  await page.locator("article", { hasText: "due panchine verdi" }).first().getByRole("link").first().click();
  await page.waitForURL(/\/commenti\/[0-9a-f-]{36}$/);
  const address = page.url();
  await open(page, "Modifica il commento");
  await page.locator('form[id^="edit-"] textarea').fill("Servono tre panchine verdi.");
  await page.getByRole("button", { name: "Salva la modifica" }).click();
  await page.locator("del", { hasText: "due" }).waitFor();
  expect(await page.locator("ins", { hasText: "tre" }).count()).toBe(1);
  await context.close();

  const other = await browser.newContext({ javaScriptEnabled: false });
  const read = await other.newPage();
  await signIn(read, origin, reporter, new URL(address).pathname);
  await read.getByRole("button", { name: "Sono d’accordo" }).first().click();
  await read.getByText("1 persona è d’accordo").first().waitFor();
  await open(read, "Rispondi citando");
  const quoting = read.locator('form[id^="comment-quote-"]');
  await quoting.locator('[name="quote"]').fill("quattro panchine");
  await quoting.locator('[name="text"]').fill("Tre bastano.");
  await quoting.getByRole("button", { name: "Pubblica la risposta" }).click();
  await read.getByText("Queste parole non sono nel commento").first().waitFor();
  await quoting.locator('[name="quote"]').fill("tre panchine");
  await quoting.getByRole("button", { name: "Pubblica la risposta" }).click();
  await read.locator("blockquote", { hasText: "tre panchine" }).first().waitFor();
  await other.close();
});

async function end(context: BrowserContext): Promise<void> {
  await context.close();
}

/** The first link of the page to such a path, also where it is folded away. */
async function hrefOf(page: Page, path: RegExp): Promise<string> {
  const links = await page
    .locator("main a[href^='/']")
    .evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  return links.find((href) => path.test(href)) ?? expect.fail(`${page.url()} has no link like ${path}`);
}

async function open(page: Page, title: string): Promise<void> {
  const task = page.locator("details", { has: page.locator("summary", { hasText: title }) }).first();
  if ((await task.getAttribute("open")) === null) await task.locator("summary").first().click();
}
