import { randomUUID } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { PdfWriter } from "@/lib/pdf/writer";
import english from "@/messages/en.json";
import italian from "@/messages/it.json";
import { signIn } from "../browser/sign-in";

/** The people of a journey, each in a browser of their own, signed in once. */
export class People {
  readonly #pages = new Map<string, Page>();

  constructor(
    private readonly browser: Browser,
    private readonly origin: string,
  ) {}

  async page(name: string): Promise<Page> {
    const known = this.#pages.get(name);
    if (known) return known;
    const page = await (await this.browser.newContext()).newPage();
    page.setDefaultTimeout(60_000);
    await signIn(page, this.origin, name, "/torino");
    this.#pages.set(name, page);
    return page;
  }

  /** The person's browser on a page of the site. */
  async at(name: string, path: string): Promise<Page> {
    const page = await this.page(name);
    await page.goto(this.origin + path);
    return page;
  }
}

/** Fills the fields of a form by their names; a list of files for a file input. */
export async function fill(
  page: Page,
  form: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`${form} [name="${name}"]`);
    const kind = await field
      .first()
      .evaluate((element) => `${element.tagName} ${(element as HTMLInputElement).type}`);
    if (kind.startsWith("SELECT")) await field.selectOption(value);
    else if (kind === "INPUT file") await field.setInputFiles(value);
    else if (kind === "INPUT radio") await page.locator(`${form} [name="${name}"][value="${value}"]`).check();
    else if (kind === "INPUT checkbox")
      await page.locator(`${form} [name="${name}"]${value === "on" ? "" : `[value="${value}"]`}`).check();
    else await field.fill(value);
  }
}

/** Opens what the form is folded away in, fills it and sends it. */
export async function send(
  page: Page,
  form: string,
  values: Readonly<Record<string, string>> = {},
): Promise<void> {
  await page.locator(form).waitFor({ state: "attached" });
  await page.locator(form).evaluate((element) => {
    for (let up: Element | null = element; up; up = up.parentElement)
      if (up instanceof HTMLDetailsElement) up.open = true;
  });
  await fill(page, form, values);
  // What cannot be undone is confirmed by a box beside the button.
  const box = page.locator(`${form} [name="confirmed"]`);
  if ((await box.count()) > 0) await box.check();
  // Of several buttons the last goes on.
  await page.locator(`${form} button[type="submit"]`).last().click();
}

/** Signs with the trial signer what a form in an office has asked for, and is back where the form leads. */
export async function signAct(page: Page): Promise<void> {
  await page.waitForURL(isSigningPage);
  await page.getByRole("button", { name: trialSignOn(page) }).click();
  await page.locator('form[action="/confirm"] button').click();
  await page.waitForURL((url) => !isSigningPage(url) && url.pathname !== "/chosen");
}

/** Sends a form in an office and signs what it asks for. */
export async function sendAct(
  page: Page,
  form: string,
  values: Readonly<Record<string, string>> = {},
): Promise<void> {
  await send(page, form, values);
  await signAct(page);
}

/** The button of the signing page that leads to the trial signer, in the page's language. */
export function trialSignOn(page: Page): string {
  const { signing } = new URL(page.url()).pathname.startsWith("/en/") ? english : italian;
  return signing.trialSign;
}

export function isSigningPage({ pathname }: URL): boolean {
  return /^\/(?:[\w-]+\/firma|en\/[\w-]+\/sign)$/.test(pathname);
}

/** Reloads until what is awaited is there: transactions take a moment to be recorded. */
export async function reloadUntil(page: Page, isThere: () => Promise<boolean>, seconds = 60): Promise<void> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    if (await isThere()) return;
    if (Date.now() > end) throw new Error(`not there after ${seconds} s: ${page.url()}`);
    await page.waitForTimeout(700);
    await page.reload();
  }
}

/** A small PDF on disk, as people attach them, and no other's: one piece of evidence proves one milestone. */
export async function paper(title: string): Promise<string> {
  const writer = await PdfWriter.open({ title, language: "it" });
  writer.text(`${title} ${randomUUID()}`, "regular", 12);
  const path = join(await mkdtemp(join(tmpdir(), "cocity-paper-")), "documento.pdf");
  await writeFile(path, await writer.finish(title));
  return path;
}
