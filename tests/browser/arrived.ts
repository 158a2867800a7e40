import type { Page } from "playwright-core";

/**
 * Waits until a page that a link or a form led to stands whole, because its title may come after its text. One that
 * never does is told by what is looked at next.
 */
export async function arrived(page: Page): Promise<void> {
  await page
    .waitForFunction(() => document.title && document.querySelectorAll("h1").length === 1, undefined, {
      timeout: 5_000,
    })
    .catch(() => undefined);
}
