import type { Page } from "playwright-core";
import { expect } from "vitest";

/** Asks for a page again until the worker has told or sent what it is about. */
export async function comes(page: Page, url: string, text: string): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.goto(url);
        return page.getByText(text).count();
      },
      { timeout: 60_000, interval: 1_000 },
    )
    .toBeGreaterThan(0);
}
