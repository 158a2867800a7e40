/** An administrator adds a Casa, mends what was refused, renames it and takes it away again, with and without JavaScript. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launchBrowser } from "../browser/browser";
import { signIn } from "../browser/sign-in";

const { origin } = inject("site");
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it.each([true, false])("a Casa is added, renamed and removed (JavaScript: %s)", async (javaScriptEnabled) => {
  const name = `Biblioteca di prova ${javaScriptEnabled ? "prima" : "seconda"}`;
  const context = await browser.newContext({ javaScriptEnabled });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await signIn(page, origin, "Valeria Nicola", "/torino/ufficio/case");
  await page.locator("summary", { hasText: "Aggiungi una Casa" }).click();
  await send(page, "Aggiungi la Casa", "Scrivi");
  await fill(page, { Nome: name, Indirizzo: "via Prova 1", Latitudine: "41,9", Longitudine: "12,5" });
  await send(page, "Aggiungi la Casa", "Questo punto è fuori dal Comune");
  expect(await page.getByLabel("Nome", { exact: true }).inputValue()).toBe(name);
  await fill(page, { Latitudine: "45,07", Longitudine: "7,68" });
  await send(page, "Aggiungi la Casa", "Casa aggiunta.");

  await page.goto(`${origin}/torino/case`);
  await page.getByRole("link", { name, exact: true }).first().click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await page.goto(`${origin}/torino/ufficio/case`);
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: `Modifica: ${name}` }).waitFor();
  expect(await page.getByLabel("Latitudine").inputValue()).toBe("45.07");
  await fill(page, { Nome: `${name} grande` });
  await page.getByRole("button", { name: "Salva nome e luogo" }).click();
  await page.getByRole("heading", { level: 1, name: `${name} grande` }).waitFor();

  await page.locator("summary", { hasText: "Togli questa Casa" }).click();
  await page.getByRole("button", { name: `Togli ${name} grande` }).click();
  await page.waitForURL(/\/ufficio\/case$/);
  expect(await page.getByRole("link", { name: `${name} grande` }).count()).toBe(0);
  await context.close();
});

async function fill(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values))
    await page.getByLabel(label, { exact: label === "Nome" }).fill(value);
}

/** Sends the form and waits for a sentence of its answer. */
async function send(page: Page, button: string, sentence: string): Promise<void> {
  await page.getByRole("button", { name: button }).click();
  await page.getByText(sentence).first().waitFor();
}
