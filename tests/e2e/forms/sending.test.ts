/** What a form does when its sending fails: nothing typed is lost, it is said what is known, and it is recorded once. */
import type { Browser, BrowserContext, Locator, Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launchBrowser } from "../../browser/browser";
import { signIn } from "../../browser/sign-in";

const { origin } = inject("site");
const resident = "Teresa Actis";
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Ways in which a sending comes to nothing, as far as the page can see. */
const failures: [
  string,
  (context: BrowserContext, page: Page) => Promise<() => Promise<void>>,
  RegExp,
  boolean,
][] = [
  [
    "the connection is reset",
    answering((route) => route.abort("connectionreset")),
    /non sappiamo se è stato registrato/,
    false,
  ],
  ["502", answering((route) => route.fulfill({ status: 502, body: "Bad Gateway" })), /non sappiamo/, false],
  ["503", answering((route) => route.fulfill({ status: 503, body: "" })), /non sappiamo/, false],
  [
    "504",
    answering((route) => route.fulfill({ status: 504, contentType: "text/html", body: "<h1>504</h1>" })),
    /non sappiamo/,
    false,
  ],
  // The server has done it: only its answer is lost.
  [
    "the answer is lost on its way back",
    answering(async (route) => {
      await route.fetch();
      await route.abort("connectionreset");
    }),
    /non sappiamo/,
    true,
  ],
  ["there is no network", offline, /Sei senza rete: non è stato inviato nulla/, false],
];

describe("a comment", () => {
  it("typed before the page's script runs is not written over by what was kept", async () => {
    const { context, page } = await onCommons(resident);
    const form = page.locator('form[id^="comment-"]').first();
    await unfold(page);
    await form.locator("textarea").fill("Una prova tenuta da prima.");
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(/\.js(\?|$)/, async (route) => {
      await released;
      await route.fallback();
    });
    await page.reload({ waitUntil: "commit" });
    await unfold(page);
    await form.locator("textarea").fill("Una prova più recente.");
    release();
    await page.locator('form[id^="comment-"][data-draft]').first().waitFor({ state: "attached" });
    expect(await form.locator("textarea").inputValue()).toBe("Una prova più recente.");
    await context.close();
  });

  it.each(failures)("when %s stays as typed, says so and is recorded once", async (what, fail, sentence) => {
    const { context, page } = await onCommons(resident);
    const text = `Prova (${what}) ${Date.now()}: l’orto è 🌳`;
    const form = page.locator('form[id^="comment-"]').first();
    await unfold(page);
    await form.locator("textarea").fill(text);
    const mend = await fail(context, page);
    await form.locator('button[type="submit"]').click();
    await form.getByText(sentence).waitFor();
    expect(await form.locator("textarea").inputValue()).toBe(text);
    expect(await page.getByText("Qualcosa non ha funzionato").count()).toBe(0);
    await mend();
    await form.locator('button[type="submit"]').click();
    await page.getByText(text, { exact: true }).locator("visible=true").first().waitFor();
    await page.reload();
    await unfold(page);
    expect(await page.getByText(text, { exact: true }).count()).toBe(1);
    expect(await form.locator("textarea").inputValue()).toBe("");
    await context.close();
  });

  it("sent without an answer is recorded once also after the page was loaded anew", async () => {
    const { context, page } = await onCommons(resident);
    const text = `Prova di ricarica ${Date.now()}`;
    const form = page.locator('form[id^="comment-"]').first();
    await unfold(page);
    await form.locator("textarea").fill(text);
    const mend = await answering(async (route) => {
      await route.fetch();
      await route.abort("connectionreset");
    })(context, page);
    await form.locator('button[type="submit"]').click();
    await form.getByText(/non sappiamo/).waitFor();
    await mend();
    await page.reload();
    await unfold(page);
    await holds(form.locator("textarea"), text);
    await form.locator('button[type="submit"]').click();
    await form.getByText(/Abbiamo rimesso/).waitFor({ state: "detached" });
    await page.reload();
    expect(await page.getByText(text, { exact: true }).count()).toBe(1);
    await context.close();
  });
});

describe("what is typed", () => {
  it("outlives a change of language, the way back and leaving the page; sending it ends that", async () => {
    const { context, page } = await onCommons(resident);
    const text = `Scritto e non inviato ${Date.now()}`;
    const form = page.locator('form[id^="comment-"]').first();
    await unfold(page);
    await form.locator("textarea").fill(text);
    await page.getByRole("link", { name: "English" }).click();
    await page.waitForURL(/\/en\//);
    await unfold(page);
    await form.getByText(/We have put back/).waitFor();
    await holds(form.locator("textarea"), text);
    await page.goBack();
    await unfold(page);
    await holds(form.locator("textarea"), text);
    await page.getByRole("navigation").getByRole("link", { name: "Bandi" }).first().click();
    await page.waitForURL(/\/torino\/bandi$/);
    await page.goBack();
    await unfold(page);
    await holds(form.locator("textarea"), text);
    await form.getByRole("button", { name: /Torna a quello che è salvato/ }).click();
    await page.waitForLoadState();
    await unfold(page);
    await form.locator("textarea").waitFor();
    await expect.poll(() => form.locator("textarea").inputValue()).toBe("");
    await context.close();
  });

  it("is nobody else’s, also on the same screen", async () => {
    const { context, page } = await onCommons(resident);
    await unfold(page);
    await page.locator('form[id^="comment-"] textarea').first().fill("Solo mio.");
    const address = page.url();
    await expect.poll(() => typedInTab(page), { timeout: 30_000 }).toBe(1);
    await context.clearCookies();
    await signIn(page, origin, "Giulia Ferrero", new URL(address).pathname);
    await unfold(page);
    // The page's script forgets what is another's once it runs.
    await expect.poll(() => typedInTab(page), { timeout: 30_000 }).toBe(0);
    expect(await page.locator('form[id^="comment-"] textarea').first().inputValue()).toBe("");
    await context.close();
  });

  it("is there after signing in again, from the sentence that says the session is over", async () => {
    const { context, page } = await onCommons(resident);
    const form = page.locator('form[id^="comment-"]').first();
    await unfold(page);
    await form.locator("textarea").fill("Scritto a lungo.");
    await context.clearCookies({ name: /session/ });
    await form.locator('button[type="submit"]').click();
    await form.getByText(/la sessione è finita e non è stato registrato nulla/).waitFor();
    const address = page.url();
    await form.getByRole("link", { name: "Accedi e torna qui" }).click();
    await passSignIn(page, resident);
    await page.waitForURL(address);
    await unfold(page);
    await holds(form.locator("textarea"), "Scritto a lungo.");
    await context.close();
  });

  it("is there after signing in again without JavaScript too, for its person in its browser alone", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await signIn(page, origin, "Laura Giordano", "/torino/ufficio/bandi/nuovo");
    await page.locator('[name="title"]').fill("Bando d’inverno");
    await page.locator('[name="objectives"]').fill("Due righe\ne un’altra, con «virgolette» & <segni>.");
    await page.locator('[name="scopes"]').first().check();
    await context.clearCookies({ name: /session/ });
    await page.getByRole("button", { name: "Salva" }).first().click();
    await page.waitForURL(/\/accedi\?/);
    await page.getByText("La sessione era finita: non è stato inviato nulla").waitFor();
    const token = (await context.cookies()).find(({ name }) => name.endsWith("-form"));
    expect(token).toMatchObject({ httpOnly: true, sameSite: "Lax" });
    // The token alone gives nobody else anything.
    const other = await browser.newContext({ javaScriptEnabled: false });
    const stranger = await other.newPage();
    if (token) await other.addCookies([token]);
    await signIn(stranger, origin, "Stefano Barbero", "/torino/ufficio/bandi/nuovo");
    expect(await stranger.locator('[name="title"]').inputValue()).toBe("");
    await other.close();
    await passSignIn(page, "Laura Giordano");
    await page.waitForURL(/\/ufficio\/bandi\/nuovo/);
    await page.getByText("Ecco il modulo come l’avevi scritto").waitFor();
    expect(await page.locator('[name="title"]').inputValue()).toBe("Bando d’inverno");
    expect(await page.locator('[name="objectives"]').inputValue()).toBe(
      "Due righe\ne un’altra, con «virgolette» & <segni>.",
    );
    expect(await page.locator('[name="scopes"]').first().isChecked()).toBe(true);
    await context.close();
  });
});

describe("a ballot", () => {
  it("keeps its choices over a change of language on the device alone", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await signIn(page, origin, "Luca Gallo", "/torino/votazioni");
    await page.getByRole("main").locator('a[href^="/torino/votazioni/giardini-e-piazze"]').first().click();
    await page.waitForURL(/\/votazioni\/.+/);
    await page.getByRole("main").locator('a[href$="/vota"]').first().click();
    await page.waitForURL(/\/vota$/);
    const boxes = page.locator('form#ballot input[name="choices"]');
    const before = await ticked(page);
    const at = before.indexOf(false);
    await boxes.nth(at).check();
    const posts: string[] = [];
    page.on("request", (request) => request.method() === "POST" && posts.push(request.url()));
    await page.getByRole("link", { name: "English" }).click();
    await page.waitForURL(/\/en\//);
    await page.getByText(/We have put back/).waitFor();
    expect((await ticked(page))[at]).toBe(true);
    expect(posts).toEqual([]);
    await context.close();
  });
});

it("a draft typed a moment before a link is followed is saved", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await signIn(page, origin, resident, "/torino/proponi");
  await page
    .getByRole("button", { name: /^Comincia/ })
    .first()
    .click();
  await page.waitForURL(/\/proponi\/.+\/1$/);
  const draft = page.url().replace(/\/1$/, "");
  await page.goto(`${draft}/3`);
  await page.locator('[name="needs"]').pressSequentially("Serve ombra.");
  await page.getByRole("navigation").getByRole("link", { name: "Bandi" }).first().click();
  await page.waitForURL(/\/bandi$/);
  // In another tab nothing of this one is kept: what is there the server has.
  await expect
    .poll(
      async () => {
        const other = await context.newPage();
        await other.goto(`${draft}/3`);
        const value = await other.locator('[name="needs"]').inputValue();
        await other.close();
        return value;
      },
      { timeout: 30_000, interval: 1000 },
    )
    .toBe("Serve ombra.");
  // On the way back the page that the browser kept shows it too, and goes on from that saving.
  await page.goBack();
  await page.waitForURL(/\/3$/);
  expect(await page.locator('[name="needs"]').inputValue()).toBe("Serve ombra.");
  await page.locator('[name="needs"]').pressSequentially(" E acqua.");
  await page.getByText(/^Salvato/).waitFor();
  await page.goto(`${draft}/1`);
  await page.getByRole("button", { name: "Metti da parte la bozza" }).click();
  await page
    .getByText(/da parte/)
    .first()
    .waitFor();
  await context.close();
});

async function ticked(page: Page): Promise<boolean[]> {
  return page
    .locator('form#ballot input[name="choices"]')
    .evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).checked));
}

function answering(answer: (route: Route) => Promise<unknown>) {
  return async (_: BrowserContext, page: Page) => {
    await page.route("**", async (route) => {
      if (route.request().method() === "POST") await answer(route);
      else await route.fallback();
    });
    return () => page.unroute("**");
  };
}

async function offline(context: BrowserContext): Promise<() => Promise<void>> {
  await context.setOffline(true);
  return () => context.setOffline(false);
}

async function onCommons(name: string): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await signIn(page, origin, name, "/torino/beni");
  await page.getByRole("main").locator('a[href^="/torino/beni/"]').first().click();
  await page.waitForURL(/\/beni\/.+/);
  return { context, page };
}

/** A page puts back what was typed once its script runs. */
async function holds(field: Locator, text: string): Promise<void> {
  await expect.poll(() => field.inputValue(), { timeout: 30_000 }).toBe(text);
}

async function unfold(page: Page): Promise<void> {
  await page.locator('form[id^="comment-"]').first().waitFor({ state: "attached" });
  await page.locator("details").evaluateAll((all) => {
    for (const one of all) (one as HTMLDetailsElement).open = true;
  });
}

async function typedInTab(page: Page): Promise<number> {
  return page.evaluate(
    () => Object.keys(sessionStorage).filter((key) => key.startsWith("cocity-form ")).length,
  );
}

/** From the page that asks for signing in, whether or not the provider still knows who it is. */
async function passSignIn(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Accedi con l’accesso di prova" }).click();
  const asked = page.getByRole("button", { name });
  await asked.or(page.getByRole("banner").getByText(name)).first().waitFor();
  if ((await asked.count()) > 0) await asked.click();
}
