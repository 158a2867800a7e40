import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { db } from "@/lib/db";
import { launchBrowser } from "../browser/browser";
import { shareEnvironment } from "../browser/environment";
import { signIn, signOut } from "../browser/sign-in";

const { origin, signerOrigin } = inject("site");
const { port } = new URL(origin);
const signerPort = new URL(signerOrigin).port;
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

describe("a session", () => {
  it("is over for everybody who has its cookie once its person has signed out", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await signIn(page, origin, "Giulia Ferrero", "/torino");
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const own = () => fetch(`${new URL(page.url()).origin}/api/personal-data`, { headers: { cookie } });
    expect((await own()).status).toBe(200);
    await signOut(page);
    expect((await own()).status).toBe(401);
    await context.close();
  });

  it("is ended from another browser by its person", async () => {
    const [first, second] = [await browser.newContext(), await browser.newContext()];
    const [here, there] = [await first.newPage(), await second.newPage()];
    await signIn(there, origin, "Marco Bonino", "/torino/mio/dati");
    await signIn(here, origin, "Marco Bonino", "/torino/mio/dati");
    const end = here.getByRole("button", { name: "Termina", exact: true });
    // The person may have signed in elsewhere before.
    for (let left = await end.count(); left > 0; left = await end.count()) {
      await end.first().click();
      await expect.poll(() => end.count(), { timeout: 30_000 }).toBeLessThan(left);
    }
    await there.goto(`${origin}/torino/mio/dati`);
    expect(new URL(there.url()).pathname).toBe("/accedi");
    await first.close();
    await second.close();
  });

  it("is neither told nor renewed by an address of the library", async () => {
    for (const path of ["session", "csrf", "providers", "signin", "signin/identity", "signout", "_log"])
      for (const method of ["GET", "POST"]) {
        const response = await fetch(`${origin}/api/auth/${path}`, {
          method,
          headers: { origin },
          redirect: "manual",
          ...(method === "POST" && { body: new URLSearchParams({ json: "true" }) }),
        });
        expect([404, 405], `${method} ${path}`).toContain(response.status);
      }
  });

  it("does not begin where the level asked of the provider was lowered on the way", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route("**/api/sign-in", async (route) => {
      const response = await route.fetch({ maxRedirects: 0 });
      const location = new URL(response.headers().location ?? "");
      location.searchParams.set("acr_values", "https://www.spid.gov.it/SpidL1");
      await route.fulfill({ response, headers: { ...response.headers(), location: location.href } });
    });
    await page.goto(`${origin}/accedi?da=/torino`);
    await page.getByRole("button", { name: "Accedi con l’accesso di prova" }).click();
    await page.getByRole("button", { name: "Giulia Ferrero" }).click();
    await page.getByText("Serve un accesso di livello 2").waitFor();
    expect(
      (await context.cookies()).filter(({ name }) => name.endsWith("-session") && name.startsWith("cocity")),
    ).toEqual([]);
    await context.close();
  });

  it("asks to sign in again in another tab before what weighs much, and then takes the form as it stands", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await signIn(page, origin, "Teresa Actis", "/torino/mio/dati");
    await shareEnvironment({ ...inject("site"), origin: new URL(page.url()).origin });
    await db.session.updateMany({ data: { authenticatedAt: new Date(Date.now() - 3600_000) } });
    await page.goto(`${origin}/torino/mio/dati/cancella`);
    await page.getByRole("checkbox").check();
    await page.getByRole("button", { name: /Cancella/ }).click();
    const tab = context.waitForEvent("page");
    await page.getByRole("link", { name: /Accedi di nuovo/ }).click();
    const other = await tab;
    await other.getByRole("button", { name: "Accedi con l’accesso di prova" }).click();
    await other.getByRole("button", { name: "Teresa Actis" }).click();
    await other.getByText("torna a quella di prima").waitFor();
    expect(await page.getByRole("checkbox").isChecked()).toBe(true);
    const { authenticatedAt } = await db.session.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
    expect(authenticatedAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
    await db.$disconnect();
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

/** Addresses of this machine in responses, headers and bodies alike, that have another port than the site's and the signer's. */
function portsNamed(context: BrowserContext): Set<string> {
  const found = new Set<string>();
  const collect = (text: string, where: string) => {
    for (const [address, , named] of text.matchAll(
      /(localhost|127\.0\.0\.1|%5B::1%5D|\[::1\])(?::|%3A)(\d+)/gi,
    ))
      if (named !== port && named !== signerPort) found.add(`${address} in ${where}`);
  };
  context.on("response", async (response) => {
    for (const [name, value] of Object.entries(await response.allHeaders()))
      collect(value, `${response.url()} ${name}`);
    if (/html|json/.test(response.headers()["content-type"] ?? ""))
      collect(await response.text().catch(() => ""), response.url());
  });
  return found;
}
