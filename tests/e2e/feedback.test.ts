import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launchBrowser } from "../browser/browser";
import { signIn } from "../browser/sign-in";

const { origin } = inject("site");
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe.each([
  ["with JavaScript", true, "torino"],
  ["without", false, "aglie"],
] as const)("what somebody says of a page, %s", (_, javaScriptEnabled, town) => {
  it("asks by the stars, is taken, and thanks", async () => {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(`${origin}/${town}/beni`);
    const form = page.locator('[data-element="feedback"]');
    expect(await form.locator('[data-element="feedback-rating-positive"]').isVisible()).toBe(false);
    await star(page, 5);
    expect(await form.locator('[data-element="feedback-rating-positive"]').isVisible()).toBe(true);
    await star(page, 2);
    expect(await form.locator('[data-element="feedback-rating-positive"]').isVisible()).toBe(false);
    await form.getByText("Ho avuto problemi tecnici", { exact: true }).click();
    await form.locator("textarea").fill(`La mappa di ${town} non si apre`);
    await form.getByRole("button", { name: "Invia il giudizio" }).click();
    await form.getByText("Grazie, il tuo parere").waitFor();
    await context.close();
  });

  it("too long is refused and stays", async () => {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(`${origin}/${town}`);
    const form = page.locator('[data-element="feedback"]');
    await star(page, 4);
    await form.locator("textarea").fill("x".repeat(201));
    await form.getByRole("button", { name: "Invia il giudizio" }).click();
    await form.getByText("Il testo è troppo lungo").waitFor();
    expect(await form.locator("textarea").inputValue()).toBe("x".repeat(201));
    expect(await page.locator("#feedback-star-4").isChecked()).toBe(true);
    await context.close();
  });
});

it("is shown to the Comune’s administrator, and is a file", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, origin, "Valeria Nicola", "/torino/ufficio/giudizi");
  await page.getByText("La mappa di torino non si apre").waitFor();
  expect(await page.getByText("La mappa di aglie").count()).toBe(0);
  const href = await page.getByRole("link", { name: /CSV/ }).getAttribute("href");
  const file = await page.request.get(origin + href);
  expect(await file.text()).toMatch(/;2;Ho avuto problemi tecnici;La mappa di torino non si apre/);
  expect((await fetch(origin + href)).status).toBe(404);
  await context.close();
});

it("from another site is not taken", async () => {
  const response = await fetch(`${origin}/api/feedback/torino`, {
    method: "POST",
    headers: { accept: "application/json", "sec-fetch-site": "cross-site" },
    body: new URLSearchParams({ path: "/torino", stars: "1" }),
  });
  expect(response.status).toBe(403);
});

it("the line about the trial is folded away, stays so, and comes back", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${origin}/torino/beni`);
  await page.getByRole("button", { name: "Nascondi" }).click();
  await page.getByRole("button", { name: "Dati di prova" }).waitFor();
  await page.goto(`${origin}/torino`);
  expect(await page.getByText("Questa è una prova.").isVisible()).toBe(false);
  await page.getByRole("button", { name: "Dati di prova" }).click();
  await page.getByText("Questa è una prova.").waitFor();
  await context.close();
});

it("the Comune’s contacts are written by its administrator and stand at the foot of its pages", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, origin, "Valeria Nicola", "/torino/ufficio/recapiti");
  const form = page.locator("form#save-profile");
  await form.locator("[name=address]").fill("Piazza di prova 1, Torino");
  await form.locator("[name=pec]").fill("prova@pec.example");
  await form.locator("[name=accessibilityUrl]").fill("https://example.org/dichiarazione");
  await form.getByRole("button", { name: "Salva i recapiti" }).click();
  await page.getByText("La dichiarazione si pubblica sul sito di AgID").first().waitFor();
  await form.locator("[name=accessibilityUrl]").fill("https://form.agid.gov.it/view/prova");
  await form.getByRole("button", { name: "Salva i recapiti" }).click();
  await page.getByText("I recapiti sono già in fondo a ogni pagina").waitFor();
  await page.goto(`${origin}/en/torino/legal-notes`);
  const foot = page.getByRole("contentinfo");
  expect(await foot.textContent()).toContain("prova@pec.example");
  expect(await foot.locator('[data-element="accessibility-link"]').getAttribute("href")).toBe(
    "https://form.agid.gov.it/view/prova",
  );
  expect(await foot.locator('[data-element="privacy-policy-link"]').getAttribute("href")).toBe("/en/privacy");
  await page.goto(`${origin}/aglie`);
  expect(await foot.textContent()).toContain("non ha ancora scritto qui i suoi recapiti");
  await context.close();
});

it("what is not there in a municipality leads on inside it", async () => {
  const page = await browser.newPage();
  await page.goto(`${origin}/torino/beni/nessun-bene`);
  await page.getByRole("heading", { name: "Questa pagina non c’è" }).waitFor();
  expect(await page.getByRole("banner").textContent()).toContain("Comune di Torino");
  await page.getByRole("link", { name: "Vai alla pagina iniziale" }).click();
  await page.waitForURL(`${origin}/torino`);
  await page.close();
});

async function star(page: Page, stars: number): Promise<void> {
  await page.locator(`label[for=feedback-star-${stars}]`).click();
}
