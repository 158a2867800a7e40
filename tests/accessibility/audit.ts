import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const widths = [320, 1440];
const themes = ["light", "dark"] as const;

/** What is needed to reach a page's state: signing in, opening a menu, sending a form. */
export type Prepare = (page: Page) => Promise<unknown>;

/**
 * Looks at a page narrow and wide, light and dark: axe at WCAG 2.2 AA, no scrolling sideways, one `h1`, a
 * language, and nothing refused by the content security policy. Returns what is wrong, in words.
 */
export async function audit(
  browser: Browser,
  prepare: Prepare,
  options: Pick<BrowserContextOptions, "storageState"> = {},
): Promise<string[]> {
  const wrong: string[] = [];
  for (const width of widths) {
    for (const colorScheme of themes) {
      const context = await browser.newContext({
        ...options,
        viewport: { width, height: 900 },
        colorScheme,
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      const where = `${width}px, ${colorScheme}`;
      page.on("console", (message) => {
        if (/content security policy/i.test(message.text())) wrong.push(`${where}: ${message.text()}`);
      });
      await prepare(page);
      wrong.push(...(await lookAt(page)).map((what) => `${where}: ${what}`));
      await context.close();
    }
  }
  return wrong;
}

async function lookAt(page: Page): Promise<string[]> {
  const wrong: string[] = [];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  for (const { id, help, nodes } of violations)
    wrong.push(`${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
  const facts = await page.evaluate(() => ({
    sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    headings: document.querySelectorAll("h1").length,
    language: document.documentElement.lang,
  }));
  if (facts.sideways > 0) wrong.push(`scrolls sideways by ${facts.sideways}px`);
  if (facts.headings !== 1) wrong.push(`${facts.headings} h1`);
  if (!/^(it|en)$/.test(facts.language)) wrong.push(`language is "${facts.language}"`);
  return wrong;
}
