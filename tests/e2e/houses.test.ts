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
  await send(page, "Aggiungi la Casa", "Questo campo serve: compilalo.");
  await fill(page, { Nome: name, Indirizzo: "via Prova 1", Latitudine: "41,9", Longitudine: "12,5" });
  await send(page, "Aggiungi la Casa", "Questo punto è fuori dal Comune");
  expect(await page.getByLabel("Nome", { exact: true }).inputValue()).toBe(name);
  await fill(page, { Latitudine: "45,07", Longitudine: "7,68" });
  await send(page, "Aggiungi la Casa", "Casa aggiunta.");
  await expect.poll(() => page.getByLabel("Latitudine").inputValue()).toBe("");
  const second = `${name} senza luogo`;
  await fill(page, { Nome: second, Indirizzo: "via Prova 2" });
  await page.getByRole("button", { name: "Aggiungi la Casa" }).click();
  await page.getByRole("link", { name: second, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: `Modifica: ${second}` }).waitFor();
  expect(await page.getByLabel("Latitudine").inputValue()).toBe("");
  await remove(page, second);

  await page.goto(`${origin}/torino/case`);
  await page.getByRole("link", { name, exact: true }).first().click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await page.goto(`${origin}/torino/ufficio/case`);
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: `Modifica: ${name}` }).waitFor();
  expect(await page.getByLabel("Latitudine").inputValue()).toBe("45.07");
  const other = await context.newPage();
  other.setDefaultTimeout(60_000);
  await other.goto(page.url());
  if (javaScriptEnabled) await other.locator("#house-place[data-draft]").waitFor();
  await fill(other, { Indirizzo: "via Mai Salvata 3" });
  await fill(page, { Nome: `${name} grande` });
  await page.getByRole("button", { name: "Salva nome e luogo" }).click();
  await page.getByRole("heading", { level: 1, name: `${name} grande` }).waitFor();
  await page.locator("#house-place").getByText("Nome e luogo aggiornati.").waitFor();
  expect(await page.getByLabel("Nome", { exact: true }).inputValue()).toBe(`${name} grande`);

  await send(other, "Salva nome e luogo", "Nel frattempo qualcun altro ha cambiato questa pagina");
  expect(await other.getByLabel("Indirizzo").inputValue()).toBe("via Mai Salvata 3");
  if (javaScriptEnabled) {
    await other.reload();
    await other.getByText("Avevi scritto qualcosa che non è stato salvato").waitFor();
    expect(await other.getByLabel("Indirizzo").inputValue()).toBe("via Prova 1");
    expect(await other.getByLabel("Nome", { exact: true }).inputValue()).toBe(`${name} grande`);
  }
  await other.close();
  await remove(page, `${name} grande`);
  await context.close();
});

async function fill(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values))
    await page.getByLabel(label, { exact: label === "Nome" }).fill(value);
}

/** From its own page to the list, which no longer has it. */
async function remove(page: Page, name: string): Promise<void> {
  await page.locator("summary", { hasText: "Togli questa Casa" }).click();
  await page.getByRole("button", { name: `Togli ${name}` }).click();
  await page.waitForURL(/\/ufficio\/case$/);
  expect(await page.getByRole("link", { name, exact: true }).count()).toBe(0);
}

/** Sends the form and waits for a sentence of its answer. */
async function send(page: Page, button: string, sentence: string): Promise<void> {
  await page.getByRole("button", { name: button }).click();
  await page.getByText(sentence).first().waitFor();
}
