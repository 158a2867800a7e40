import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launchBrowser } from "../browser/browser";
import { signIn, signOut } from "../browser/sign-in";

const { origin } = inject("site");
const { port } = new URL(origin);
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe.each(["localhost", "127.0.0.1"])("from %s", (host) => {
  it.each([
    ["with JavaScript", true],
    ["without", false],
  ])("signs in, out, and in as another person, %s", async (_, javaScriptEnabled) => {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    const others = portsNamed(context);
    const address = `http://${host}:${port}`;

    await signIn(page, address, "Laura Giordano", "/torino");
    expect(await page.getByRole("banner").textContent()).toContain("Laura Giordano");
    await page.getByRole("link", { name: "Ufficio" }).waitFor();

    await signOut(page);
    await page.getByText("Sei uscito").waitFor();
    expect(await page.getByRole("banner").textContent()).not.toContain("Laura Giordano");

    await signIn(page, address, "Giulia Ferrero", "/torino");
    expect(await page.getByRole("banner").textContent()).toContain("Giulia Ferrero");
    expect(await page.getByRole("link", { name: "Ufficio" }).count()).toBe(0);

    expect([...others]).toEqual([]);
    for (const { name } of await context.cookies()) expect(name).toContain(port);
    await context.close();
  });
});

describe("what is somebody's own", () => {
  it("leads to signing in, and back to the page that was asked for", async () => {
    const page = await browser.newPage();
    await page.goto(`${origin}/torino/mio/dati`);
    expect(new URL(page.url()).pathname).toBe("/accedi");
    await page.getByRole("button", { name: "Accedi con l’accesso di prova" }).click();
    await page.getByRole("button", { name: "Giulia Ferrero" }).click();
    await page.waitForURL(/\/torino\/mio\/dati$/);
    await page.close();
  });

  it("is kept when it is saved, with and without JavaScript, and nothing promises mail", async () => {
    for (const javaScriptEnabled of [true, false]) {
      const context = await browser.newContext({ javaScriptEnabled });
      const page = await context.newPage();
      await signIn(page, origin, "Marco Bonino", "/torino/mio/dati");
      const choice = page.getByLabel(javaScriptEnabled ? "English" : "Italiano", { exact: true });
      await choice.check();
      await page.getByRole("button", { name: "Salva la lingua" }).click();
      await page.getByText(/^Salvato/).waitFor();
      await page.goto(`${origin}/torino/mio/dati`);
      expect(await choice.isChecked()).toBe(true);
      expect(await page.getByRole("main").textContent()).not.toMatch(/mail/i);
      await context.close();
    }
  });

  it("is not started from another site's form", async () => {
    for (const path of ["/api/sign-in", "/api/sign-out"]) {
      const response = await fetch(origin + path, {
        method: "POST",
        redirect: "manual",
        headers: { origin: "http://elsewhere.example", "content-type": "application/x-www-form-urlencoded" },
        body: "from=/",
      });
      expect(response.status, path).toBe(403);
    }
  });
});

/** Addresses of this machine in responses, headers and bodies alike, that have another port than the site's. */
function portsNamed(context: BrowserContext): Set<string> {
  const found = new Set<string>();
  const collect = (text: string, where: string) => {
    for (const [address, , named] of text.matchAll(
      /(localhost|127\.0\.0\.1|%5B::1%5D|\[::1\])(?::|%3A)(\d+)/gi,
    ))
      if (named !== port) found.add(`${address} in ${where}`);
  };
  context.on("response", async (response) => {
    for (const [name, value] of Object.entries(await response.allHeaders()))
      collect(value, `${response.url()} ${name}`);
    if (/html|json/.test(response.headers()["content-type"] ?? ""))
      collect(await response.text().catch(() => ""), response.url());
  });
  return found;
}
