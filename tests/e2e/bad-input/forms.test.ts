import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launchBrowser } from "../../browser/browser";
import { signIn } from "../../browser/sign-in";
import { fileOf } from "./files";

const { origin } = inject("site");
const resident = "Teresa Actis";
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  "with JavaScript: %j",
  (script) => {
    let context: BrowserContext;
    let page: Page;
    let draft = "";
    beforeAll(async () => {
      context = await browser.newContext(script);
      page = await context.newPage();
      page.setDefaultTimeout(60_000);
      draft = await begin(page);
    });
    afterAll(() => context.close());

    it.each([
      ["-5", "L’importo non può essere negativo"],
      ["10,005", undefined],
      ["1,000.50", undefined],
      ["12.345.6", undefined],
      ["1e3", undefined],
      ["tanto", undefined],
    ])("a cost of «%s» is refused beside its field and stays as typed", async (typed, sentence) => {
      const [activities, plan] = ["Attività di prova.", "Due <b>conti</b> & un po’ di 🌳"];
      await page.goto(`${draft}/4`);
      // Typed while the script puts back what the last try left, letters would mix.
      if (script.javaScriptEnabled) await page.locator("form#step-what[data-draft]").waitFor();
      await page.locator('[name="activities"]').fill(activities);
      await page.locator('[name="economicPlan"]').fill(plan);
      await page.locator('[name="cost"]').fill(typed);
      await page.getByRole("button", { name: "Salva e continua" }).click();
      await page.getByText(/C’è una cosa da correggere/).waitFor();
      const wrong = await errorOf(page, "cost");
      expect(wrong.length).toBeGreaterThan(10);
      if (sentence) expect(wrong).toContain(sentence);
      expect(await page.locator('[name="cost"]').inputValue()).toBe(typed);
      expect(await page.locator('[name="activities"]').inputValue()).toBe(activities);
      expect(await page.locator('[name="economicPlan"]').inputValue()).toBe(plan);
      // With JavaScript what was refused stays in this tab; nothing of it is saved.
      const other = await context.newPage();
      await other.goto(`${draft}/4`);
      expect(await other.locator('[name="cost"]').inputValue()).toBe("");
      await other.close();
      await page.goto(`${draft}/4`);
      await expect
        .poll(() => page.locator('[name="cost"]').inputValue(), { timeout: 30_000 })
        .toBe(script.javaScriptEnabled ? typed : "");
    });

    it("a title of 10,000 characters is refused beside its field and stays whole", async () => {
      const title = "Giardino ".repeat(1112);
      await page.goto(`${draft}/1`);
      await page.locator('[name="title"]').evaluate((field) => field.removeAttribute("maxlength"));
      await page.locator('[name="title"]').fill(title);
      await page.getByRole("button", { name: "Salva e continua" }).click();
      await page
        .getByText(/da correggere/)
        .first()
        .waitFor();
      expect(await errorOf(page, "title")).toMatch(/troppo lungo/);
      expect((await page.locator('[name="title"]').inputValue()).length).toBe(title.length);
    });

    it("a form saved meanwhile in another window is not written over", async () => {
      await page.goto(`${draft}/5`);
      const other = await context.newPage();
      await other.goto(`${draft}/5`);
      await other.locator('[name="governance"]').fill("Decide l’assemblea.");
      await other.getByRole("button", { name: "Salva e continua" }).click();
      await other.waitForURL(/\/6$/);
      await other.close();
      await page.locator('[name="governance"]').fill("Decide chi arriva dopo.");
      await page.getByRole("button", { name: "Salva e continua" }).click();
      await page
        .getByText(/un’altra finestra/)
        .first()
        .waitFor();
      expect(await page.locator('[name="governance"]').inputValue()).toBe("Decide chi arriva dopo.");
      await page.goto(`${draft}/5`);
      expect(await page.locator('[name="governance"]').inputValue()).toBe("Decide l’assemblea.");
    });

    it("files: too large, far too large, empty and of another type than they say are refused in a sentence", async () => {
      for (const [file, sentence] of [
        [await fileOf("undici.pdf", 11_000_000), tooLarge],
        [await fileOf("duecento.pdf", 200_000_000), tooLarge],
        [await fileOf("vuoto.pdf", 0), /vuoto/],
        [await fileOf("immagine.png", 1000), /non è quello che dice il nome/],
      ] as const) {
        await page.goto(`${draft}/6`);
        await page.locator('#files input[type="file"]').setInputFiles(file);
        await page.getByRole("button", { name: "Carica il file" }).click();
        await page.getByText(sentence).first().waitFor();
        expect(await errorOf(page.locator("#files"), "file")).toMatch(sentence);
      }
      await page.goto(`${draft}/6`);
      await page.locator('#files input[type="file"]').setInputFiles(await fileOf("nove.pdf", 9_000_000));
      await page.getByRole("button", { name: "Carica il file" }).click();
      await page.getByRole("link", { name: /nove\.pdf/ }).waitFor();
    });

    it("the draft is put aside", () => putAside(page, draft));
  },
);

it("a session that is over is said, and nothing typed is lost", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const draft = await begin(page);
  await page.goto(`${draft}/3`);
  await page.locator('[name="needs"]').fill("Quello che serve a chi abita qui.");
  const cookies = await context.cookies();
  await context.clearCookies({ name: /session/ });
  await page.getByRole("button", { name: "Salva e continua" }).click();
  await page
    .getByText(/Per questo serve l’accesso/)
    .first()
    .waitFor();
  expect(await page.locator('[name="needs"]').inputValue()).toBe("Quello che serve a chi abita qui.");
  await context.addCookies(cookies);
  await page.getByRole("button", { name: "Salva e continua" }).click();
  await page.waitForURL(/\/4$/);
  await putAside(page, draft);
  await context.close();
});

describe("a comment", () => {
  const hostile = `<img src=x onerror="document.title='rotto'"><script>document.title="rotto"</script> 🌳 \u202Eevitats\u202C ${"lungo".repeat(120)}`;

  it("of markup, emoji, right-to-left text and one endless word is shown as it was typed, once for two clicks", async () => {
    const context = await browser.newContext({ viewport: { width: 320, height: 800 } });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await signIn(page, origin, resident, "/torino/beni");
    await page.getByRole("main").locator('a[href^="/torino/beni/"]').first().click();
    await page.waitForURL(/\/beni\/.+/);
    const form = page.locator('form:has(textarea[name="text"])').first();
    await form.evaluate((element) => {
      for (let up: Element | null = element; up; up = up.parentElement)
        if (up instanceof HTMLDetailsElement) up.open = true;
    });
    await form.locator("textarea").fill(`  ${hostile}  `);
    await form.locator('button[type="submit"]').dblclick();
    // What turns the reading order round is left out. The text area may still hold the same words.
    const shown = page
      .getByText(hostile.replace(/[\u202A-\u202E]/g, ""), { exact: true })
      .and(page.locator(":not(textarea)"));
    await shown.first().waitFor({ state: "attached" });
    await page.reload();
    await page.locator("details").evaluateAll((all) => {
      for (const one of all) (one as HTMLDetailsElement).open = true;
    });
    await shown.first().waitFor();
    expect(await shown.count()).toBe(1);
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await page.title()).not.toContain("rotto");
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(sideways).toBe(0);
    await page.getByRole("button", { name: "Ritira il commento" }).first().click();
    await page
      .getByText(/ritirato/)
      .first()
      .waitFor();
    await context.close();
  });
});

/** A new draft of the resident's. @returns its address, without the step */
async function begin(page: Page): Promise<string> {
  await signIn(page, origin, resident, "/torino/proponi");
  await page
    .getByRole("button", { name: /^Comincia/ })
    .first()
    .click();
  await page.waitForURL(/\/proponi\/.+\/1$/);
  return page.url().replace(/\/1$/, "");
}

async function putAside(page: Page, draft: string): Promise<void> {
  await page.goto(`${draft}/1`);
  await page.getByRole("button", { name: "Metti da parte la bozza" }).click();
  await page
    .getByText(/da parte/)
    .first()
    .waitFor();
}

/** Said before it is sent where there is JavaScript, and by the server where there is none. */
const tooLarge = /supera 10 MB|più grande di 10 MB/;

/** What stands beside a field, as a screen reader is told of it. */
async function errorOf(page: Pick<Page, "locator">, name: string): Promise<string> {
  const field = page.locator(`[name="${name}"]`).first();
  await page.locator(`[name="${name}"][aria-invalid]`).first().waitFor();
  const ids = (await field.getAttribute("aria-describedby"))?.split(" ") ?? [];
  const texts = await Promise.all(
    ids.filter((id) => id.endsWith("-error")).map((id) => page.locator(`[id="${id}"]`).textContent()),
  );
  return texts.join(" ");
}
