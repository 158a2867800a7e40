/** Two residents write one proposal, from the link to the way out, with and without JavaScript. */
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

it.each([true, false])("a proposal is written by two (JavaScript: %s)", async (javaScriptEnabled) => {
  const title = `Panchine di prova ${javaScriptEnabled ? "prima" : "seconda"}`;
  const proponent = await somebody("Giulia Ferrero", "/torino/proponi", javaScriptEnabled);
  await proponent
    .getByRole("button", { name: /^Comincia/ })
    .first()
    .click();
  await proponent.waitForURL(/\/proponi\/.+\/1$/);
  await proponent.locator("form#step-where [name=title]").fill(title);
  await proponent.locator("form#step-where [name=name]").fill(title);
  await proponent.locator("form#step-where [name=address]").fill("via di prova 1");
  await proponent.locator("form#step-where button[type=submit]").last().click();
  await proponent.waitForURL(/\/2$/);
  await proponent.getByRole("button", { name: "Prepara un invito" }).click();
  await proponent.getByText("Collegamento, per una persona sola:").waitFor();
  const link = (await proponent.locator("code", { hasText: "/proponi/insieme?codice=" }).textContent()) ?? "";
  const mail = await proponent.getByRole("link", { name: "Mandalo con la tua posta" }).getAttribute("href");
  expect(decodeURIComponent(mail ?? "")).toContain(`«${title}».\n${link}`);
  const draft = new URL(proponent.url()).pathname.replace(/2$/, "");

  const other = await somebody("Marco Bonino", "/torino/mio", javaScriptEnabled);
  expect((await other.goto(`${origin}${draft}7`))?.status()).toBe(404);
  await other.goto(link);
  await other.getByText("Ti invita Giulia Ferrero").waitFor();
  expect(await other.getByRole("main").textContent()).toContain(title);
  await other.getByLabel("Il mio nome può comparire con la proposta").check();
  await other.getByRole("button", { name: "Accetta l’invito" }).click();
  await other.waitForURL(`${origin}${draft}7`);
  // Neither handed in nor put aside by them.
  expect(await other.getByRole("button", { name: /Presenta|Metti da parte/ }).count()).toBe(0);
  await other.goto(`${origin}${draft}2`);
  await other.getByText("Chi propone lo può cambiare soltanto").waitFor();
  expect(await other.locator("form#step-who").count()).toBe(0);
  await other.goto(`${origin}${draft}3`);
  await other.locator("form#step-why [name=needs]").fill("Mancano posti dove sedersi all’ombra.");
  await other.locator("form#step-why button[type=submit]").last().click();
  await other.waitForURL(/\/4$/);

  await proponent.goto(`${origin}${draft}3`);
  expect(await proponent.locator("form#step-why [name=needs]").inputValue()).toContain("all’ombra");
  await proponent.goto(link);
  await proponent.getByText("Questo invito non vale").waitFor();
  await proponent.goto(`${origin}${draft}7`);
  await proponent.getByText("Marco Bonino").waitFor();

  await other.goto(`${origin}${draft}7`);
  await other.getByText("Smetti di scrivere questa proposta").click();
  await other.getByRole("button", { name: "Smetti di scriverla" }).click();
  await other.waitForURL(`${origin}/torino/mio`);
  expect((await other.goto(`${origin}${draft}3`))?.status()).toBe(404);
  await proponent.goto(`${origin}${draft}7`);
  await proponent.getByRole("button", { name: "Prepara un invito" }).waitFor();
  expect(await proponent.getByText("Marco Bonino").count()).toBe(0);
  await Promise.all([proponent, other].map((page) => page.context().close()));
});

async function somebody(name: string, path: string, javaScriptEnabled: boolean): Promise<Page> {
  const page = await (await browser.newContext({ javaScriptEnabled })).newPage();
  page.setDefaultTimeout(60_000);
  await signIn(page, origin, name, path);
  return page;
}
