/** The next step is found where its person looks for it: in the queue of the office, or among what is theirs. */
import type { Page } from "playwright-core";
import { reloadUntil } from "./people";

export type Language = "it" | "en";

/**
 * Waits until the queue of the person's office has a step about something, and goes where it is taken.
 * @param search what the queue is narrowed by
 */
export async function takeUp(
  page: Page,
  origin: string,
  step: string,
  about: string,
  search = about,
): Promise<void> {
  const path = languageOf(page) === "en" ? "/en/torino/office" : "/torino/ufficio";
  await page.goto(`${origin}${path}?q=${encodeURIComponent(search)}`);
  const row = page.getByRole("row").filter({ hasText: step }).filter({ hasText: about });
  await reloadUntil(page, async () => (await row.count()) > 0);
  await row.first().getByRole("link").first().click();
  await page.waitForURL((url) => url.pathname !== path);
}

/** The same for what waits for somebody as a party: their own page has it. */
export async function takeUpOwn(page: Page, origin: string, step: string, about: string): Promise<void> {
  const path = languageOf(page) === "en" ? "/en/torino/mine" : "/torino/mio";
  await page.goto(`${origin}${path}`);
  const item = page.locator("li").filter({ hasText: step }).filter({ hasText: about });
  await reloadUntil(page, async () => (await item.count()) > 0);
  await item.first().getByRole("link").first().click();
  await page.waitForURL((url) => url.pathname !== path);
}

/** Whether the queue of the person's office has a step about something as it stands. */
export async function isQueued(page: Page, origin: string, step: string, about: string): Promise<boolean> {
  const path = languageOf(page) === "en" ? "/en/torino/office" : "/torino/ufficio";
  await page.goto(`${origin}${path}?q=${encodeURIComponent(about)}`);
  return (await page.getByRole("row").filter({ hasText: step }).filter({ hasText: about }).count()) > 0;
}

function languageOf(page: Page): Language {
  return new URL(page.url()).pathname.startsWith("/en/") ? "en" : "it";
}
