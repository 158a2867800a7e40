/** Pages used by somebody who has no pointer: everything is reached by Tab and told by keys. */
import type { Locator, Page } from "playwright-core";

/** More stops than any page has. */
const MOST_STOPS = 400;

/** Goes on with Tab until something has the focus. @throws Error where no Tab leads to it */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.first().waitFor({ state: "attached" });
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await target.first().evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no Tab leads to ${target}`);
}

/** Opens what a task is folded away in. */
export async function unfoldByKeys(page: Page, summary: string): Promise<void> {
  const target = page.locator("summary", { hasText: summary });
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

/** Signs on the signing page and at the trial signer, and is back where the form leads. */
export async function signByKeys(
  page: Page,
  button: string,
  isSigningPage: (url: URL) => boolean,
): Promise<void> {
  await tabTo(page, page.getByRole("button", { name: button }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.locator('form[action="/confirm"] button'));
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !isSigningPage(url) && url.pathname !== "/chosen");
}
