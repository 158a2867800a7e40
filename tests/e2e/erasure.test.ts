import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launchBrowser } from "../browser/browser";
import { signIn } from "../browser/sign-in";

const { origin } = inject("site");
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe("a person's own data", () => {
  it("can be taken away by them alone", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await signIn(page, origin, "Fatima Rahmani", "/aglie/mio/dati");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Scarica i miei dati (JSON)" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("co-city-dati.json");
    const response = await context.request.get(`${origin}/api/personal-data`);
    const copy = (await response.json()) as { person: { name: string }; municipalities: unknown[] };
    expect(copy.person.name).toBe("Fatima Rahmani");
    expect(copy.municipalities.length).toBeGreaterThanOrEqual(2);
    expect(response.headers()["cache-control"]).toBe("no-store");
    expect((await fetch(`${origin}/api/personal-data`)).status).toBe(401);
    await context.close();
  });

  it.each([true, false])("are erased when they ask twice (JavaScript: %s)", async (javaScriptEnabled) => {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await signIn(page, origin, "Carla Meinardi", "/aglie/mio/dati");
    await page.getByLabel("English").check();
    await page.getByRole("button", { name: "Salva la lingua" }).click();
    await page.getByText(/^Salvato/).waitFor();
    await page.getByRole("link", { name: "Cancella i miei dati" }).click();
    await page.getByRole("heading", { name: "Che cosa resta, e perché" }).waitFor();
    const erase = page.getByRole("button", { name: "Cancella i miei dati per sempre" });
    await erase.click();
    await page.getByText(/C’è una cosa da correggere/).waitFor();
    await page.getByLabel(/Ho letto che cosa resta/).check();
    await erase.click();
    await page.waitForURL(/\/accedi\?cancellato=1$/);
    await page.getByText("I tuoi dati sono cancellati").waitFor();
    expect(await page.getByRole("banner").textContent()).not.toContain("Carla Meinardi");
    expect((await context.cookies()).filter(({ name }) => /^cocity-.*-session/.test(name))).toEqual([]);

    // The same person comes back as somebody new.
    await page.goto(`${origin}/accedi?da=${encodeURIComponent("/aglie/mio/dati")}`);
    await page.getByRole("button", { name: "Accedi con l’accesso di prova" }).click();
    const asked = page.getByRole("button", { name: "Carla Meinardi" });
    // The provider may still know who sits there, and ask nobody.
    await asked.or(page.getByLabel("English")).waitFor();
    if ((await asked.count()) > 0) await asked.click();
    await page.waitForURL(/\/mio\/dati$/);
    expect(await page.getByLabel("English").isChecked()).toBe(false);
    await context.close();
  });

  it("wait while they hold an office", async () => {
    const page = await (await browser.newContext()).newPage();
    await signIn(page, origin, "Sergio Milano", "/aglie/mio/dati/cancella");
    await page.getByText(/Hai un incarico d’ufficio/).waitFor();
    expect(await page.getByRole("button", { name: "Cancella i miei dati per sempre" }).count()).toBe(0);
    await page.context().close();
  });
});
