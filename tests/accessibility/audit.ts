import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const widths = [320, 1440];

/** What is needed to reach a page's state: signing in, opening a menu, sending a form. It starts narrow. */
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
  const context = await browser.newContext({
    ...options,
    viewport: { width: widths[0] ?? 320, height: 900 },
    colorScheme: "light",
    reducedMotion: "reduce",
  });
  try {
    const page = await context.newPage();
    page.on("console", (message) => {
      if (/content security policy/i.test(message.text())) wrong.push(message.text());
    });
    await prepare(page);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: "light" });
      const light = await new AxeBuilder({ page }).withTags(tags).analyze();
      wrong.push(...describe(light.violations, `${width}px, light`), ...(await shape(page, width)));
      // Another theme changes colours and nothing else.
      await page.emulateMedia({ colorScheme: "dark" });
      const dark = await new AxeBuilder({ page }).withRules(["color-contrast"]).analyze();
      wrong.push(...describe(dark.violations, `${width}px, dark`));
    }
  } finally {
    await context.close();
  }
  return wrong;
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
    language: document.documentElement.lang,
  }));
  if (facts.sideways > 0) wrong.push(`${width}px: scrolls sideways by ${facts.sideways}px`);
  if (facts.headings !== 1) wrong.push(`${facts.headings} h1`);
  if (!/^(it|en)$/.test(facts.language)) wrong.push(`language is "${facts.language}"`);
  return wrong;
}
