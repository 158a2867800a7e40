import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { arrived } from "../browser/arrived";
import { signIn } from "../browser/sign-in";

export const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const narrow = 320;
const wide = 1440;
const height = 900;

/** What is needed to reach a page's state: following a link, opening a menu, sending a form. */
export type Prepare = (page: Page) => Promise<unknown>;

/** Browsers that look at pages: one for visitors and one for each person, signed in once. */
export class Auditor {
  readonly #contexts = new Map<string, Promise<BrowserContext>>();

  constructor(
    private readonly browser: Browser,
    readonly origin: string,
    /** Titles and names that people here wrote in Italian. */
    readonly italian: readonly string[] = [],
  ) {}

  /**
   * Looks at the page that `prepare` reaches twice: narrow and wide, light and dark. Axe at WCAG 2.2 AA, no
   * scrolling sideways, one `h1`, a title, the language of its address, Italian titles marked as such on English pages,
   * and nothing refused by the content security policy. A theme changes colours and nothing else, so Italian pages are light and English ones dark when narrow,
   * and the other way round when wide.
   * @param person name of a trial person; a visitor without one @returns what is wrong, in words
   */
  async audit(prepare: Prepare, person = ""): Promise<string[]> {
    const wrong: string[] = [];
    const page = await (await this.context(person)).newPage();
    try {
      page.on("console", (message) => {
        if (/content security policy/i.test(message.text())) wrong.push(message.text());
      });
      await prepare(page);
      await arrived(page);
      const schemes = languageOf(new URL(page.url()).pathname) === "it" ? light : dark;
      for (const [index, width] of [narrow, wide].entries()) {
        const scheme = schemes[index] ?? "light";
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ colorScheme: scheme });
        const { violations } = await new AxeBuilder({ page })
          // Without the frames that no page here has.
          .setLegacyMode(true)
          .options({ resultTypes: ["violations"] })
          .withTags(tags)
          .analyze();
        wrong.push(...describe(violations, `${width}px, ${scheme}`), ...(await shape(page, width)));
      }
      if (languageOf(new URL(page.url()).pathname) === "en")
        wrong.push(...(await unmarked(page, this.italian)).map((text) => `not marked as Italian: ${text}`));
    } finally {
      await page.close();
    }
    return wrong;
  }

  private context(person: string): Promise<BrowserContext> {
    const known = this.#contexts.get(person);
    if (known) return known;
    const made = this.open(person);
    this.#contexts.set(person, made);
    return made;
  }

  private async open(person: string): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      viewport: { width: narrow, height },
      colorScheme: "light",
      reducedMotion: "reduce",
    });
    context.setDefaultTimeout(60_000);
    if (!person) return context;
    const page = await context.newPage();
    await signIn(page, this.origin, person, "/torino");
    await page.close();
    return context;
  }
}

const light = ["light", "dark"] as const;
const dark = ["dark", "light"] as const;

function languageOf(path: string): "it" | "en" {
  return /^\/en(\/|$)/.test(path) ? "en" : "it";
}

/** Which of these texts stand on an English page as if they were English. Choices of a list can hold no mark. */
async function unmarked(page: Page, italian: readonly string[]): Promise<string[]> {
  return page.evaluate((texts) => {
    const known = new Set(texts);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = new Set<string>();
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent?.trim() ?? "";
      const around = walker.currentNode.parentElement;
      if (!known.has(text) || around?.closest("script, style, option, svg")) continue;
      if (around?.closest("[lang]")?.getAttribute("lang") !== "it") found.add(text);
    }
    return [...found];
  }, italian);
}

type Violations = Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"];

function describe(violations: Violations, where: string): string[] {
  return violations.map(
    ({ id, help, nodes }) =>
      `${where}: ${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
  );
}

async function shape(page: Page, width: number): Promise<string[]> {
  const wrong: string[] = [];
  const facts = await page.evaluate(() => ({
    sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    headings: document.querySelectorAll("h1").length,
    title: document.title,
    language: document.documentElement.lang,
    path: location.pathname,
  }));
  const language = languageOf(facts.path);
  if (facts.sideways > 0) wrong.push(`${width}px: scrolls sideways by ${facts.sideways}px`);
  if (facts.headings !== 1) wrong.push(`${facts.headings} h1`);
  // Only the start is named after the site alone.
  const isStart = ["/", "/en"].includes(facts.path);
  if (!(isStart ? /^Co-City — \S/ : /\S.* — Co-City$/).test(facts.title))
    wrong.push(`title is "${facts.title}"`);
  if (facts.language !== language) wrong.push(`language is "${facts.language}", not ${language}`);
  return wrong;
}
